package org.oddlens.app.shell;

import java.util.function.Supplier;
import javafx.scene.Node;
import javafx.scene.layout.StackPane;

/** A page that is built when it is first asked for, so that the window need not wait for pages nobody looks at yet. */
final class LazyPage<T extends Node> {

    private final StackPane place;
    private final Supplier<T> maker;
    private T page;

    LazyPage(StackPane place, Supplier<T> maker) {
        this.place = place;
        this.maker = maker;
    }

    /** The page, in its place and hidden when it is new. */
    T get() {
        if (page == null) {
            page = maker.get();
            page.setVisible(false);
            page.setManaged(false);
            place.getChildren().add(page);
        }
        return page;
    }

    boolean built() {
        return page != null;
    }
}
