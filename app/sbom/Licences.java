import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/// Reads a CycloneDX bill of materials (XML) and writes which licences it holds, as Markdown. Run
/// by `./wishbone sbom`, as `java Licences.java bom.xml licences.md`.
///
/// Ends with 1 when a component has none of the licences that may be shipped along with Apache-2.0.
/// Of several licences of one component, one may be chosen.
final class Licences {

  private static final Set<String> ALLOWED =
      Set.of(
          "Apache-2.0",
          "MIT",
          "MIT-0",
          "BSD-2-Clause",
          "BSD-3-Clause",
          "CC0-1.0",
          "EPL-1.0",
          "EPL-2.0",
          "Bouncy Castle Licence");

  private record Component(String name, String version, Set<String> licences) {
    boolean isAllowed() {
      return licences.stream().anyMatch(ALLOWED::contains);
    }
  }

  private Licences() {}

  public static void main(String[] arguments) throws Exception {
    List<Component> components = read(Path.of(arguments[0]));
    write(Path.of(arguments[1]), components);
    List<Component> refused = components.stream().filter(c -> !c.isAllowed()).toList();
    System.out.printf(
        "%d components, %d of them with a licence to look at%n", components.size(), refused.size());
    refused.forEach(c ->
        System.out.printf("  %s %s: %s%n", c.name(), c.version(), String.join(", ", c.licences())));
    if (components.isEmpty() || !refused.isEmpty()) {
      System.exit(1);
    }
  }

  private static List<Component> read(Path bom) throws Exception {
    var factory = DocumentBuilderFactory.newInstance();
    factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    Element root = factory.newDocumentBuilder().parse(bom.toFile()).getDocumentElement();
    List<Component> all = new ArrayList<>();
    for (Element list : children(root, "components")) {
      for (Element component : children(list, "component")) {
        Set<String> licences = new TreeSet<>();
        for (Element group : children(component, "licenses")) {
          for (Element licence : children(group, "license")) {
            String id = text(licence, "id");
            licences.add(id.isEmpty() ? text(licence, "name") : id);
          }
        }
        all.add(
            new Component(
                text(component, "group") + ":" + text(component, "name"),
                text(component, "version"),
                licences));
      }
    }
    return all;
  }

  private static void write(Path file, List<Component> components) throws IOException {
    var byLicence = new TreeMap<String, List<Component>>();
    for (Component component : components) {
      byLicence
          .computeIfAbsent(String.join(" or ", component.licences()), _ -> new ArrayList<>())
          .add(component);
    }
    var page = new StringBuilder("# Licences of what is shipped\n");
    byLicence.forEach((licence, list) -> {
      page.append("\n## ").append(licence.isEmpty() ? "not said" : licence).append("\n\n");
      list.stream()
          .map(c -> "- " + c.name() + " " + c.version() + "\n")
          .sorted()
          .forEach(page::append);
    });
    Files.writeString(file, page);
  }

  private static List<Element> children(Element parent, String name) {
    List<Element> all = new ArrayList<>();
    NodeList nodes = parent.getChildNodes();
    for (int i = 0; i < nodes.getLength(); i++) {
      Node node = nodes.item(i);
      if (node instanceof Element element && element.getTagName().equals(name)) {
        all.add(element);
      }
    }
    return all;
  }

  private static String text(Element parent, String name) {
    List<Element> found = children(parent, name);
    return found.isEmpty() ? "" : found.getFirst().getTextContent().strip();
  }
}
