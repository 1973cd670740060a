package org.oddlens.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SamplesTest {
    @TempDir
    Path folder;

    static List<Sample> all() {
        return Samples.all();
    }

    @ParameterizedTest
    @MethodSource("all")
    void generatorMakesTheShippedBytesAgain(Sample sample) throws IOException {
        try (InputStream shipped = Samples.open(sample)) {
            assertThat(SampleGenerator.generate(sample.id())).isEqualTo(shipped.readAllBytes());
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void listedChecksumIsThatOfTheFile(Sample sample) throws IOException {
        try (InputStream shipped = Samples.open(sample);
                InputStream sums = Samples.class.getResourceAsStream("SHA256SUMS")) {
            assertThat(SampleGenerator.sha256(shipped.readAllBytes())).isEqualTo(sample.sha256());
            assertThat(new String(sums.readAllBytes(), StandardCharsets.US_ASCII))
                    .contains(sample.sha256() + "  " + sample.fileName() + "\n");
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void rowsFeaturesAndAnomaliesAreAsListed(Sample sample) throws IOException {
        Map<String, ByteBuffer> arrays = read(Samples.install(sample.id(), folder.resolve("new/folder")));
        int bytesPerValue = sample.shape().size() == 2 ? Byte.BYTES : Float.BYTES;

        assertThat(arrays.get("X").remaining()).isEqualTo(sample.rows() * sample.features() * bytesPerValue);
        long[] labels = longs(arrays.get("y"));
        assertThat(labels).hasSize(sample.rows());
        assertThat(Arrays.stream(labels).filter(y -> y == sample.anomalyLabel()).count())
                .isEqualTo(sample.anomalies());
    }

    @Test
    void allTogetherStayBelowTwoMegabytes() throws IOException {
        long size = 0;
        for (Sample sample : Samples.all()) {
            size += Files.size(Samples.install(sample.id(), folder));
        }
        assertThat(size).isLessThan(2_000_000);
        assertThat(folder.toFile().list()).hasSize(Samples.all().size());
    }

    @Test
    void unknownSampleIsRefusedWithTheNamesThereAre() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Samples.install("moons", folder))
                .withMessageContaining("moons")
                .withMessageContaining("two-moons-12d");
    }

    @Test
    void nearestNeighboursFindTheAnomaliesOfTheTwoMoonsAndTheMeanDoesNot() throws IOException {
        Sample sample = Samples.all().get(0);
        Map<String, ByteBuffer> arrays = read(Samples.install(sample.id(), folder));
        double[][] rows = rows(arrays.get("X"), sample.rows(), sample.features());
        boolean[] anomaly = new boolean[sample.rows()];
        long[] labels = longs(arrays.get("y"));
        IntStream.range(0, anomaly.length).forEach(i -> anomaly[i] = labels[i] == sample.anomalyLabel());

        double[] mean = new double[sample.features()];
        for (double[] row : rows) {
            for (int j = 0; j < mean.length; j++) {
                mean[j] += row[j] / rows.length;
            }
        }
        double[] toMean =
                Arrays.stream(rows).mapToDouble(row -> squared(row, mean)).toArray();
        double[] toFifthNeighbour = Arrays.stream(rows)
                .mapToDouble(row -> Arrays.stream(rows)
                        .mapToDouble(other -> squared(row, other))
                        .sorted()
                        .skip(5)
                        .findFirst()
                        .orElseThrow())
                .toArray();

        assertThat(auroc(toMean, anomaly)).isLessThan(0.8);
        assertThat(auroc(toFifthNeighbour, anomaly)).isGreaterThan(0.98);
    }

    /** Share of (anomaly, normal) pairs in the right order. */
    private static double auroc(double[] scores, boolean[] anomaly) {
        long pairs = 0;
        long right = 0;
        for (int i = 0; i < scores.length; i++) {
            for (int j = 0; anomaly[i] && j < scores.length; j++) {
                if (!anomaly[j]) {
                    pairs++;
                    right += scores[i] > scores[j] ? 1 : 0;
                }
            }
        }
        return (double) right / pairs;
    }

    private static double squared(double[] a, double[] b) {
        double sum = 0;
        for (int j = 0; j < a.length; j++) {
            sum += (a[j] - b[j]) * (a[j] - b[j]);
        }
        return sum;
    }

    private static double[][] rows(ByteBuffer values, int rows, int features) {
        double[][] result = new double[rows][features];
        for (double[] row : result) {
            for (int j = 0; j < features; j++) {
                row[j] = values.getFloat();
            }
        }
        return result;
    }

    private static long[] longs(ByteBuffer values) {
        long[] result = new long[values.remaining() / Long.BYTES];
        values.asLongBuffer().get(result);
        return result;
    }

    /** The data of each array behind its header, by the key's name; read by the JDK's own ZIP reader. */
    private static Map<String, ByteBuffer> read(Path npz) throws IOException {
        Map<String, ByteBuffer> arrays = new HashMap<>();
        try (ZipFile zip = new ZipFile(npz.toFile())) {
            for (ZipEntry entry : zip.stream().toList()) {
                ByteBuffer bytes = ByteBuffer.wrap(zip.getInputStream(entry).readAllBytes())
                        .order(ByteOrder.LITTLE_ENDIAN);
                int header = 10 + bytes.getShort(8);
                assertThat(header % 64).isZero();
                arrays.put(
                        entry.getName().replace(".npy", ""),
                        bytes.position(header).slice().order(ByteOrder.LITTLE_ENDIAN));
            }
        }
        return arrays;
    }
}
