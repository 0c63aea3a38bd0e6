package io.wishbone.it.reliability;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;

/// What comes over a network is read as text or bytes of known meaning, never as Java objects.
@AnalyzeClasses(packages = "io.wishbone", importOptions = ImportOption.DoNotIncludeTests.class)
class NoSerializationTest {

  @ArchTest
  static void nothingReadsSerializedObjects(JavaClasses all) {
    noClasses()
        .should()
        .dependOnClassesThat()
        .areAssignableTo(ObjectInputStream.class)
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(ObjectOutputStream.class)
        .check(all);
  }
}
