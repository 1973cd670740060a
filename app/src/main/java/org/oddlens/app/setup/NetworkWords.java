package org.oddlens.app.setup;

import java.util.List;
import java.util.Locale;
import org.oddlens.engine.detector.NetworkShape;

/** The network of the next run in words: its widths, how many numbers it learns, and what to be warned of. */
final class NetworkWords {

    private final NetworkShape network;
    private final int features;

    NetworkWords(NetworkShape network, int features) {
        this.network = network;
        this.features = features;
    }

    /** @param estimates sentences on what the run will take */
    String text(List<String> estimates) {
        StringBuilder text = new StringBuilder();
        if (network.widths().size() > 1) {
            text.append(network.text())
                    .append(String.format(Locale.ENGLISH, "\n%,d parameters", network.parameterCount()))
                    .append(parts());
        } else {
            text.append(String.format(Locale.ENGLISH, "%,d features, no network", features));
        }
        network.warnings().forEach(warning -> text.append("\n⚠ ").append(warning));
        estimates.forEach(warning -> text.append("\n⚠ ").append(warning));
        return text.toString();
    }

    private String parts() {
        return network.parameters().entrySet().stream()
                .filter(part -> !part.getKey().equals("network"))
                .map(part -> String.format(Locale.ENGLISH, ", %,d of them %s", part.getValue(), part.getKey()))
                .reduce("", String::concat);
    }
}
