package org.oddlens.engine.device;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The answer of {@code nvidia-smi --query-gpu=... --format=csv}: a line of headings with units in brackets, then a line
 * for each card, or a sentence about what failed.
 *
 * @param exitCode of the command
 * @param text     all it printed
 */
record DriverAnswer(int exitCode, String text) {

    private static final String UNKNOWN_FIELD = "is not a valid field to query";

    /** Whether the driver is too old to know one of the fields it was asked for. */
    boolean unknownField() {
        return text.contains(UNKNOWN_FIELD);
    }

    /** The cards, or why there are none. */
    CardListing listing() {
        List<String> lines =
                text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
        int heading = 0;
        while (heading < lines.size() && !headings(lines.get(heading)).contains("name")) {
            heading++; // warnings of the driver may come first
        }
        if (heading == lines.size()) {
            return CardListing.none(problem(lines));
        }
        List<String> headings = headings(lines.get(heading));
        List<GraphicsCard> cards = new ArrayList<>();
        for (String line : lines.subList(heading + 1, lines.size())) {
            card(headings, line, cards.size()).ifPresent(cards::add);
        }
        return cards.isEmpty()
                ? CardListing.none(problem(lines.subList(heading + 1, lines.size())))
                : new CardListing(cards, "");
    }

    private static List<String> headings(String line) {
        return Arrays.stream(line.split(","))
                .map(heading -> heading.replaceAll("\\[.*]", "").strip())
                .toList();
    }

    /** The name is asked for last, so that a comma inside it does no harm. */
    private static Optional<GraphicsCard> card(List<String> headings, String line, int position) {
        String[] cells = line.split(",", headings.size());
        if (cells.length < headings.size()) {
            return Optional.empty();
        }
        Row row = new Row(headings, cells);
        return Optional.of(new GraphicsCard(
                row.number("index").map(Long::intValue).orElse(position),
                row.text("name"),
                ComputeCapability.parse(row.text("compute_cap")).orElse(null),
                DriverVersion.parse(row.text("driver_version")).orElse(null),
                row.number("memory.total").orElse(null),
                row.number("memory.free").orElse(null),
                row.text("mig.mode.current").equals("Enabled")));
    }

    private record Row(List<String> headings, String[] cells) {

        String text(String heading) {
            int column = headings.indexOf(heading);
            return column < 0 ? "" : cells[column].strip();
        }

        /** A number with or without its unit; empty for {@code [N/A]}, {@code [Not Supported]} and other brackets. */
        Optional<Long> number(String heading) {
            String digits = text(heading).replaceAll("\\s*MiB$", "");
            return digits.matches("\\d{1,12}") ? Optional.of(Long.parseLong(digits)) : Optional.empty();
        }
    }

    private String problem(List<String> lines) {
        String said = String.join(" ", lines);
        if (said.contains("No devices were found")) {
            return "The NVIDIA driver is installed and finds no card.";
        }
        if (said.contains("version mismatch")) {
            return "The NVIDIA driver was updated and the old one is still loaded, so it does not answer."
                    + " Restart the machine, then test again.";
        }
        if (said.contains("couldn't communicate with the NVIDIA driver")) {
            return "The NVIDIA driver is installed but not running, so no card can be used."
                    + " Restart the machine; if that does not help, install the driver again.";
        }
        if (said.contains("GPU is lost")) {
            return "The driver has lost the card (\"GPU is lost\"). Restart the machine, then test again.";
        }
        String end = said.isEmpty() ? "and said nothing" : "and said: " + shortened(said);
        return "The NVIDIA driver's command nvidia-smi ended with exit code " + exitCode + " " + end;
    }

    private static String shortened(String said) {
        return said.length() <= 300 ? said : said.substring(0, 300) + "…";
    }
}
