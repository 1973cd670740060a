package org.oddlens.app;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.image.Image;
import javafx.scene.layout.VBox;

/** Draws a scene with controls without showing it: JavaFX's natives, its style sheets and its fonts work here. */
final class OffScreenWindow {
    private static final int WIDTH = 320;
    private static final int HEIGHT = 200;

    private OffScreenWindow() {}

    /** Starts JavaFX, draws, and returns what was seen. */
    static String render() throws Exception {
        CompletableFuture<Image> drawn = new CompletableFuture<>();
        Platform.startup(() -> {
            try {
                VBox box = new VBox(8, new Label("Oddlens"), new Button("Train"));
                drawn.complete(new Scene(box, WIDTH, HEIGHT).snapshot(null));
            } catch (RuntimeException e) {
                drawn.completeExceptionally(e);
            }
        });
        Image image = drawn.get(60, TimeUnit.SECONDS);
        Set<Integer> colours = new HashSet<>();
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                colours.add(image.getPixelReader().getArgb(x, y));
            }
        }
        if (colours.size() < 10) {
            throw new IllegalStateException("the picture of the window is empty");
        }
        return "JavaFX " + System.getProperty("javafx.version") + " drew " + WIDTH + " x " + HEIGHT + " pixels in "
                + colours.size() + " colours";
    }
}
