package org.oddlens.engine.comparison;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.oddlens.engine.data.DataImport;
import org.oddlens.engine.data.DataSpec;
import org.oddlens.engine.data.Dataset;
import org.oddlens.engine.data.ImportedData;

/**
 * What a comparison knows of a data set before it trains on it.
 *
 * @param spec      file and roles, complete
 * @param name      name of the file without its ending; in a grid no two are equal
 * @param rows      rows in the file
 * @param features  numbers per row
 * @param anomalies rows labelled anomalous
 */
public record DataFacts(DataSpec spec, String name, int rows, int features, int anomalies) {

    /**
     * Reads a file.
     *
     * @throws IllegalArgumentException if it has no labels of both kinds, without which nothing can be compared
     */
    static DataFacts of(DataSpec request) {
        ImportedData imported = DataImport.load(request);
        Dataset data = imported.dataset();
        int anomalies = data.labels().isPresent() ? data.anomalies() : 0;
        if (anomalies == 0 || anomalies == data.rows()) {
            throw new IllegalArgumentException(request.file() + " has " + anomalies + " labelled anomalies in "
                    + data.rows()
                    + " rows; to compare detectors both kinds are needed. Say which array holds the labels"
                    + " with --label.");
        }
        return of(imported.spec(), data);
    }

    /** Of data that were read already, labelled or not. */
    public static DataFacts of(DataSpec spec, Dataset data) {
        return new DataFacts(
                spec,
                name(Path.of(spec.file())),
                data.rows(),
                data.features(),
                data.labels().isPresent() ? data.anomalies() : 0);
    }

    /**
     * The same with names that tell them apart: files of one name take that of their folder before it, and a number where
     * that is not enough. Otherwise two data sets would be told as one.
     *
     * @throws IllegalArgumentException if two files hold the same data, which would count twice
     */
    static List<DataFacts> distinct(List<DataFacts> all) {
        Map<String, String> places = new HashMap<>();
        Map<String, Long> often = all.stream().collect(Collectors.groupingBy(DataFacts::name, Collectors.counting()));
        Set<String> taken = new HashSet<>();
        List<DataFacts> distinct = new ArrayList<>();
        for (DataFacts facts : all) {
            String file = facts.spec.file();
            String same = places.putIfAbsent(facts.spec.sha256(), file);
            if (same != null) {
                throw new IllegalArgumentException(
                        same + " and " + file + " hold the same data, which would count twice. Leave one of them out.");
            }
            Path folder = Path.of(file).toAbsolutePath().normalize().getParent().getFileName();
            String name = often.get(facts.name) == 1 || folder == null ? facts.name : plain(folder + "_" + facts.name);
            String free = name;
            for (int i = 2; !taken.add(free); i++) {
                free = name + "-" + i;
            }
            distinct.add(new DataFacts(facts.spec, free, facts.rows, facts.features, facts.anomalies));
        }
        return distinct;
    }

    private static String name(Path path) {
        String file = path.getFileName().toString();
        int dot = file.lastIndexOf('.');
        return plain(dot > 0 ? file.substring(0, dot) : file);
    }

    /** As it can stand in {@code cells.csv}, which knows no quotes. */
    private static String plain(String name) {
        return name.replaceAll("[,\"\\r\\n]", "_");
    }

    /** Share of each class that leaves at most so many rows; 1 if that is all. */
    double share(int mostRows) {
        return mostRows <= 0 || rows <= mostRows ? 1 : (double) mostRows / rows;
    }
}
