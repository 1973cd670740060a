package org.oddlens.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;
import javafx.scene.control.Button;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.oddlens.app.dataset.DataViewModel;

/** Pictures of what the data page says of files that are wide, slow, full of gaps or no data, with a real engine. */
@Tag("journey")
class DataTruthJourneyTest {

    private static final Path HOME = Path.of("target/journey-data");

    @TempDir
    Path folder;

    private JourneyWindow window;

    @AfterEach
    void close() {
        window.close();
    }

    @Test
    void tellsTheTruthAboutFiles() throws IOException {
        window = new JourneyWindow(HOME, 1920, 1080);
        Path wide = wide();
        window.openData(wide);
        assertThat(window.text("#data-summary")).startsWith("64 rows × 5,625 features");
        window.saveEverySize("w6-wide-data-have-their-picture");

        window.saveEverySize("w6-a-file-being-read-can-be-left", this::beginToRead, this::leave);

        window.openData(withAnEmptyColumn());
        window.screen.run(() -> window.model.bannerProperty().set("")); // of an engine that was held too long
        assertThat(window.screen.call(
                        () -> window.model.data().inspectionProperty().get().notes()))
                .anySatisfy(note -> assertThat(note).contains("flow"))
                .noneSatisfy(note -> assertThat(note).contains("separates"));
        assertThat(window.screen.call(
                        () -> window.model.data().inspectionProperty().get().columns()))
                .extracting(column -> column.name())
                .containsExactly("temperature", "pressure");
        assertThat(window.isOnShow("#drop-missing")).isTrue(); // three cells are missing elsewhere
        window.saveEverySize("w14-an-empty-column-is-left-out-by-name");

        window.openData(Files.writeString(folder.resolve("nonsense.mat"), "this is no matrix\u0000\u0001"));
        assertOnlyTryingAgainIsOffered();
        window.saveEverySize("w15-no-gaps-to-fill-in-a-file-that-cannot-be-read");
        window.screen.settle();
        signal("STOP");
        window.screen.firstLayout(() -> window.model.open(wide));
        ProcessHandle.of(window.model.enginePid()).orElseThrow().destroyForcibly();
        window.screen.until(
                "said", 20, () -> window.model.data().phaseProperty().get() == DataViewModel.Phase.FAILED);
        assertOnlyTryingAgainIsOffered();
        window.saveEverySize("w15-no-gaps-to-fill-when-the-engine-is-gone");
        window.screen.firstLayout(() -> {});
        press("#read-again");
        window.screen.until(
                "read after all",
                JourneyWindow.ENGINE_SECONDS,
                () -> window.model.data().phaseProperty().get() == DataViewModel.Phase.SHOWN);
    }

    private void assertOnlyTryingAgainIsOffered() {
        assertThat(window.text("#data-problem")).isNotBlank().doesNotContain("Exception");
        assertThat(window.isOnShow("#read-again")).isTrue();
        assertThat(window.isOnShow("#drop-missing")).isFalse();
        assertThat(window.isOnShow("#impute-missing")).isFalse();
        assertThat(window.isOnShow("#leave-out")).isFalse();
    }

    /** With an engine that takes its time: one that does not answer for three seconds would be ended. */
    private void beginToRead() {
        signal("STOP");
        window.screen.firstLayout(() -> window.model.open(TestData.twoMoons(HOME)));
        assertThat(window.text("#data-title")).startsWith("TwoMoons12D");
        assertThat(window.text("#data-summary")).isEqualTo("Reading…");
        assertThat(window.isOnShow("#cancel-reading")).isTrue();
    }

    private void leave() {
        press("#cancel-reading");
        signal("CONT");
        assertThat(window.text("#data-title")).isEqualTo("wide.npy");
    }

    private void press(String button) {
        window.screen.run(() -> ((Button) window.open.window.scene().lookup(button)).fire());
        window.screen.settle();
    }

    private void signal(String name) {
        try {
            assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(window.model.enginePid()))
                            .start()
                            .waitFor())
                    .isZero();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** 64 rows of 5,625 random numbers. */
    private Path wide() throws IOException {
        StringBuilder head = new StringBuilder("{'descr': '<f4', 'fortran_order': False, 'shape': (64, 5625), }");
        while ((10 + head.length() + 1) % 64 != 0) {
            head.append(' ');
        }
        head.append('\n');
        ByteBuffer file =
                ByteBuffer.allocate(10 + head.length() + 4 * 64 * 5625).order(ByteOrder.LITTLE_ENDIAN);
        file.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0}).putShort((short) head.length());
        file.put(head.toString().getBytes(StandardCharsets.US_ASCII));
        Random random = new Random(1);
        while (file.hasRemaining()) {
            file.putFloat((float) random.nextGaussian());
        }
        return Files.write(folder.resolve("wide.npy"), file.array());
    }

    private Path withAnEmptyColumn() throws IOException {
        StringBuilder text = new StringBuilder("temperature,pressure,flow,label\n");
        Random random = new Random(2);
        for (int row = 0; row < 400; row++) {
            int anomaly = row % 40 == 7 ? 1 : 0;
            String temperature = row % 150 == 20 ? "" : number(20 + random.nextGaussian() + 2 * anomaly);
            text.append(temperature).append(',').append(number(1000 + 8 * random.nextGaussian()));
            text.append(",,").append(anomaly).append('\n');
        }
        return Files.writeString(folder.resolve("plant.csv"), text);
    }

    private static String number(double value) {
        return String.format(Locale.ENGLISH, "%.4f", value);
    }
}
