package org.oddlens.app;

import static org.assertj.core.api.Assertions.assertThat;

import javafx.geometry.Rectangle2D;
import org.junit.jupiter.api.Test;

/** Where the window opens. */
class OpeningSizeTest {

    private final OpeningSize wished = new OpeningSize(1440, 900);

    @Test
    void opensAsWishedInTheMiddleOfALargeScreen() {
        assertThat(wished.within(new Rectangle2D(0, 40, 1920, 1040))).isEqualTo(new Rectangle2D(240, 110, 1440, 900));
    }

    @Test
    void fillsWhatASmallScreenLeavesFree() {
        assertThat(wished.within(new Rectangle2D(0, 30, 1280, 770))).isEqualTo(new Rectangle2D(0, 30, 1280, 770));
    }
}
