package org.oddlens.sample;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;

/** The bundled data sets: what there is, and a copy of one in a folder. */
public final class Samples {
    private static final List<Sample> ALL = List.of(
            new Sample(
                    "two-moons-12d",
                    "Two moons",
                    "Two interleaving half circles on a plane in 12 dimensions, with 10 anomalies between and around them.",
                    TwoMoons.ROWS,
                    List.of(TwoMoons.FEATURES),
                    TwoMoons.ANOMALIES,
                    2,
                    "6e27e225ae2b261e997b61b6f1ff0318c94487105aa31c8103a66ac24cb57fc1"),
            new Sample(
                    "three-gaussians-12d",
                    "Three clusters",
                    "Three round clusters on a plane in 12 dimensions, one of which is the anomaly.",
                    ThreeGaussians.ROWS,
                    List.of(ThreeGaussians.FEATURES),
                    ThreeGaussians.ANOMALIES,
                    2,
                    "ae1c54438735c782f42dd7e14042912b693cc3ed6ce8618521668e8f522a5830"),
            new Sample(
                    "sensors",
                    "Pump sensors",
                    "Sixteen sensors of a pump over 3,000 minutes, with bearing wear, leaks and stuck sensors.",
                    Sensors.ROWS,
                    List.of(Sensors.FEATURES),
                    Sensors.ANOMALIES,
                    1,
                    "9877f3854dca217ffde0344dab508f32c11e40ca436920a57c977f263079bd33"),
            new Sample(
                    "bars-8x8",
                    "Bars",
                    "Small grey images of straight bars; in 60 of them a bar is broken or runs diagonally.",
                    Bars.IMAGES,
                    List.of(Bars.SIDE, Bars.SIDE),
                    Bars.ANOMALIES,
                    1,
                    "435cee608a12ee2ec897d10f0948dfc411fe3c1024fe4126d038954c0f217ff8"));

    private Samples() {}

    /** All bundled data sets, in the order in which they are shown. */
    public static List<Sample> all() {
        return ALL;
    }

    /** The data set of that id, if there is one. */
    public static Optional<Sample> find(String id) {
        return ALL.stream().filter(sample -> sample.id().equals(id)).findFirst();
    }

    /** The bytes of a data set's {@code .npz} file; the caller closes the stream. */
    public static InputStream open(Sample sample) throws IOException {
        InputStream stream = Samples.class.getResourceAsStream(sample.fileName());
        if (stream == null) {
            throw new FileNotFoundException(sample.fileName() + " is missing from this copy of Oddlens");
        }
        return stream;
    }

    /**
     * Copies a data set into a folder, which is made if it is missing; an older copy is replaced.
     *
     * @return the file, named {@code <id>.npz}
     * @throws IllegalArgumentException if no bundled data set has that id
     */
    public static Path install(String id, Path folder) throws IOException {
        Sample sample = find(id).orElseThrow(
                        () -> new IllegalArgumentException("No sample is called \"" + id + "\"; there are "
                                + String.join(", ", ALL.stream().map(Sample::id).toList())));
        Files.createDirectories(folder);
        Path file = folder.resolve(sample.fileName());
        Path partial = Files.createTempFile(folder, sample.id(), ".part");
        try (InputStream stream = open(sample)) {
            Files.copy(stream, partial, StandardCopyOption.REPLACE_EXISTING);
            Files.move(partial, file, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(partial);
        }
        return file;
    }
}
