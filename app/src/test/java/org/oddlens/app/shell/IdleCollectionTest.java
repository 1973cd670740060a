package org.oddlens.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class IdleCollectionTest {

    private final ArrayDeque<Runnable> later = new ArrayDeque<>();
    private final ObjectProperty<String> held = new SimpleObjectProperty<>();
    private boolean training;
    private int collections;

    @BeforeEach
    void watch() {
        new IdleCollection(() -> training, later::add, () -> collections++).watch(held);
    }

    @Test
    void hasNothingToCollectAfterTheFirstFile() {
        held.set("first");
        assertThat(later).isEmpty();
    }

    @Test
    void collectsOnceAfterSeveralFilesWereLetGo() {
        held.set("first");
        held.set("second");
        held.set(null);
        assertThat(collections).isZero();
        assertThat(later).hasSize(1);
        later.remove().run();
        assertThat(collections).isEqualTo(1);
    }

    @Test
    void leavesATrainingAlone() {
        held.set("first");
        held.set("second");
        training = true;
        later.remove().run();
        assertThat(collections).isZero();
    }

    @Test
    void collectsAgainAfterTheNextFile() {
        held.set("first");
        held.set("second");
        later.remove().run();
        held.set("third");
        later.remove().run();
        assertThat(collections).isEqualTo(2);
    }
}
