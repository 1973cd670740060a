package org.oddlens.ui;

import java.net.URL;
import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;

/** Finds style sheets, icons and messages; holds no state and no logic. */
public final class UiResources {

    /** Edge lengths of the bundled icon pictures, in pixels. */
    public static final List<Integer> ICON_SIZES = List.of(16, 24, 32, 48, 64, 128, 256, 512);

    private UiResources() {}

    /**
     * Style sheets to add to a scene above the AtlantaFX theme, general one first.
     *
     * @param dark whether the dark variant of the colours is wanted
     */
    public static List<String> stylesheets(boolean dark) {
        return List.of(url("oddlens.css"), url(dark ? "oddlens-dark.css" : "oddlens-light.css"));
    }

    /** Addresses of the application icon as PNG, smallest first. */
    public static List<String> icons() {
        return ICON_SIZES.stream()
                .map(size -> url("icon/oddlens-" + size + ".png"))
                .toList();
    }

    /** The interface texts. */
    public static ResourceBundle messages() {
        return ResourceBundle.getBundle("org.oddlens.ui.messages", Locale.ENGLISH);
    }

    /**
     * One interface text with its places filled.
     *
     * @param key  a key of {@code messages.properties}
     * @param args values for {@code {0}}, {@code {1}}, …; numbers should come as ready text
     */
    public static String message(String key, Object... args) {
        String pattern = messages().getString(key);
        return args.length == 0 ? pattern : new MessageFormat(pattern, Locale.ENGLISH).format(args);
    }

    private static String url(String name) {
        URL found = UiResources.class.getResource(name);
        if (found == null) {
            throw new IllegalStateException("Resource " + name + " is missing from the ui-resources jar");
        }
        return found.toExternalForm();
    }
}
