package org.oddlens.engine.data;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Recognises text that is data, but no table. */
final class TextFormats {

    private static final Pattern LIBSVM =
            Pattern.compile("\\s*[+-]?[\\d.]+([eE][+-]?\\d+)?(\\s+\\d+:[+-]?[\\d.]+([eE][+-]?\\d+)?)+\\s*(#.*)?");
    private static final int LINES = 20;

    private TextFormats() {}

    /** What the text is, as the rest of a sentence, and what to do; "" if it may be a table. */
    static String other(String sample) {
        List<String> lines =
                sample.lines().filter(line -> !line.isBlank()).limit(LINES).toList();
        if (lines.isEmpty()) {
            return "";
        }
        if (2 * lines.stream().filter(line -> LIBSVM.matcher(line).matches()).count() > lines.size()) {
            return "in the LIBSVM format (label and index:value), which Oddlens does not read. In Python, read it with"
                    + " sklearn.datasets.load_svmlight_file and save X.toarray() and y with numpy.savez.";
        }
        String start = lines.get(0).strip().toLowerCase(Locale.ROOT);
        if (start.startsWith("<!doctype") || start.startsWith("<html") || start.startsWith("<?xml")) {
            return "a web page or an XML file, no table. If you downloaded it, fetch the file itself.";
        }
        if (start.startsWith("version https://git-lfs")) {
            return "a pointer of Git LFS, not the data. Fetch the file itself (git lfs pull).";
        }
        if (start.startsWith("{") || start.startsWith("[{") || start.startsWith("[[") || start.equals("[")) {
            return "a JSON file, which Oddlens does not read. Save the table as CSV.";
        }
        return "";
    }
}
