package org.oddlens.sample;

import java.util.List;

/**
 * What is known of one bundled data set without opening it.
 *
 * @param id name that never changes, also the file's name without {@code .npz}
 * @param title what a reader sees
 * @param description one sentence
 * @param rows number of rows, anomalies included
 * @param shape shape of one row: [features], or [height, width] for images
 * @param anomalies number of rows that are anomalies
 * @param anomalyLabel value of {@code y} that means anomaly
 * @param sha256 SHA-256 of the file, hexadecimal
 */
public record Sample(
        String id,
        String title,
        String description,
        int rows,
        List<Integer> shape,
        int anomalies,
        long anomalyLabel,
        String sha256) {

    public Sample {
        shape = List.copyOf(shape);
    }

    /** Number of features of a row, images counted pixel by pixel. */
    public int features() {
        return shape.stream().reduce(1, (a, b) -> a * b);
    }

    /** Name of the file: the id and {@code .npz}. */
    public String fileName() {
        return id + ".npz";
    }
}
