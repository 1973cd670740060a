package org.oddlens.engine.study;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.oddlens.engine.data.FittedScaler;
import org.oddlens.engine.data.NpyArray;
import org.oddlens.engine.data.NpyReader;
import org.oddlens.engine.data.NpyWriter;
import org.oddlens.engine.run.DamagedJsonException;
import org.oddlens.engine.run.RunFolderException;
import org.oddlens.engine.run.RunJson;
import org.oddlens.engine.run.Tensor;

/**
 * {@code model.zip}: a fitted detector as JSON and {@code .npy} arrays; nothing in it is code. Format:
 * docs/formats/model.md.
 */
final class ModelFile {

    private static final String HEADER = "model.json";
    private static final int MAX_HEADER_BYTES = 64 << 20;

    private static final String WEIGHTS = "weights/";

    /**
     * The JSON part.
     *
     * @param featureNames names of the features, by which columns of other data are matched; null if they have none
     */
    record Header(
            String format,
            String detector,
            Map<String, Object> hyperparameters,
            int[] rowShape,
            FittedScaler scaler,
            Double threshold,
            @JsonInclude(JsonInclude.Include.NON_NULL) List<String> featureNames) {

        static final String FORMAT = "oddlens.model/1";
    }

    private final RunJson json = new RunJson();

    void write(Path file, Header header, Map<String, Tensor> weights) throws IOException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try (OutputStream out = Files.newOutputStream(part);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            put(zip, HEADER);
            zip.write(json.pretty(header).getBytes(StandardCharsets.UTF_8));
            for (Map.Entry<String, Tensor> tensor : weights.entrySet()) {
                put(zip, WEIGHTS + tensor.getKey() + ".npy");
                NpyWriter.write(
                        zip, tensor.getValue().values(), tensor.getValue().shape());
            }
        }
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void put(ZipOutputStream zip, String name) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setLastModifiedTime(FileTime.fromMillis(0));
        zip.putNextEntry(entry);
    }

    /**
     * Reads what a model says of itself.
     *
     * @throws RunFolderException if it is no model, or says what cannot be
     */
    Header readHeader(Path file) throws IOException {
        ModelCheckup checkup = new ModelCheckup(file);
        Header header;
        try (ZipFile zip = new ZipFile(file.toFile())) {
            ZipEntry entry = zip.getEntry(HEADER);
            if (entry == null || entry.getSize() > MAX_HEADER_BYTES) {
                throw checkup.refused("it has no readable " + HEADER);
            }
            try (InputStream in = zip.getInputStream(entry)) {
                header = json.read(new String(in.readNBytes(MAX_HEADER_BYTES), StandardCharsets.UTF_8), Header.class);
            }
        } catch (DamagedJsonException e) {
            throw checkup.refused("its " + HEADER + " is damaged");
        } catch (ZipException e) {
            throw checkup.refused("it is cut off or no zip file");
        }
        if (header.format() == null) {
            throw checkup.refused("its " + HEADER + " names no format");
        }
        if (!Header.FORMAT.equals(header.format())) {
            throw new RunFolderException(file + " has the format '" + header.format() + "', this version reads '"
                    + Header.FORMAT + "'. A newer Oddlens is needed.");
        }
        checkup.require(header);
        return header;
    }

    /**
     * Reads the weights.
     *
     * @param declared trainable numbers of the network that the model declares; no fewer are accepted, and not many more
     * @param features numbers per row
     */
    Map<String, Tensor> readWeights(Path file, long declared, int features) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            new ModelCheckup(file)
                    .requireRoom(
                            zip.stream()
                                    .filter(entry -> entry.getName().startsWith(WEIGHTS))
                                    .mapToLong(ZipEntry::getSize)
                                    .sum(),
                            declared,
                            features);
        }
        Map<String, Tensor> weights = new LinkedHashMap<>();
        for (Map.Entry<String, NpyArray> array : NpyReader.readAll(file).entrySet()) {
            if (array.getKey().startsWith(WEIGHTS)) {
                weights.put(
                        array.getKey().substring(WEIGHTS.length()),
                        new Tensor(array.getValue().floats(), array.getValue().shape()));
            }
        }
        new ModelCheckup(file).require(weights, declared);
        return weights;
    }
}
