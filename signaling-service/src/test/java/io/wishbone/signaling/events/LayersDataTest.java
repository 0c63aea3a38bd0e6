package io.wishbone.signaling.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.control.SpatialLayer;
import io.wishbone.control.VideoLayer;
import java.util.List;
import org.junit.jupiter.api.Test;

class LayersDataTest {

  private static String layers(VideoLayer... encodings) {
    return LayersData.of(1, List.of(encodings)).replace('"', '\'');
  }

  @Test
  void listsEachLayerByWhatAChoiceOfItWouldName() {
    var small = new SpatialLayer(320, 180, List.of(50L, 80L));
    var large = new SpatialLayer(640, 360, List.of(300L, 0L));

    assertThat(layers(new VideoLayer("h", 300, 640, 360, List.of(small, large))))
        .isEqualTo(
            "{'1':["
                + "{'rid':'h','encodingId':'h','spatialLayerId':1,'temporalLayerId':1,"
                + "'width':640,'height':360},"
                + "{'rid':'h','encodingId':'h','spatialLayerId':1,'temporalLayerId':0,"
                + "'bitrate':300,'width':640,'height':360},"
                + "{'rid':'h','encodingId':'h','spatialLayerId':0,'temporalLayerId':1,"
                + "'bitrate':80,'width':320,'height':180},"
                + "{'rid':'h','encodingId':'h','spatialLayerId':0,'temporalLayerId':0,"
                + "'bitrate':50,'width':320,'height':180}]}");
  }

  @Test
  void listsEncodingsWithAndWithoutLayersTogether() {
    assertThat(
            layers(
                new VideoLayer("h", 900, 0, 0),
                new VideoLayer("l", 7, 0, 0, List.of(new SpatialLayer(0, 0, List.of(5L, 7L))))))
        .isEqualTo(
            "{'1':[{'rid':'h','encodingId':'h','bitrate':900},"
                + "{'rid':'l','encodingId':'l','spatialLayerId':0,'temporalLayerId':1,'bitrate':7},"
                + "{'rid':'l','encodingId':'l','spatialLayerId':0,'temporalLayerId':0,'bitrate':5}]}");
  }

  @Test
  void namesLayersAloneWithoutSimulcast() {
    var only = new SpatialLayer(640, 480, List.of(4L, 9L));
    assertThat(layers(new VideoLayer(null, 9, 640, 480, List.of(only))))
        .isEqualTo(
            "{'1':[{'spatialLayerId':0,'temporalLayerId':1,'bitrate':9,'width':640,'height':480},"
                + "{'spatialLayerId':0,'temporalLayerId':0,'bitrate':4,'width':640,'height':480}]}");
  }

  @Test
  void namesTheHighestLayerWhereTheNodeIsOfAVersionThatTellsNoOther() {
    assertThat(layers(new VideoLayer(null, 900, 640, 480, 2, List.of())))
        .isEqualTo("{'1':[{'spatialLayerId':2,'bitrate':900,'width':640,'height':480}]}");
  }
}
