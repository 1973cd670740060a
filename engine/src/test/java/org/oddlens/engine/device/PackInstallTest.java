package org.oddlens.engine.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Downloads of small stand-ins for the pack's jars from a local server, well and badly behaved. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PackInstallTest {

    private static final int SIZE = 200_000;
    private static final int UNPACKED = 50_000;

    /** How the server answers a request for a file. */
    private interface Manners {
        void answer(HttpExchange exchange, byte[] content) throws IOException;
    }

    @TempDir
    Path temp;

    private final byte[] first = content(1);
    private final byte[] second = content(2);
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<Long> progress = new ArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private Manners manners = PackInstallTest::send;
    private HttpServer server;
    private PackFolder folder;

    @BeforeEach
    void serve() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/repo/", this::handle);
        server.start();
        folder = new PackFolder(
                temp.resolve("packs/cuda"),
                new PackManifest(
                        PackManifest.FORMAT,
                        "test",
                        "any",
                        "",
                        UNPACKED,
                        List.of(file("a/first.jar", first), file("b/second.jar", second))));
    }

    @AfterEach
    void stop() {
        server.stop(0);
        threads.shutdownNow();
    }

    @Test
    void downloadsEveryFileAndTellsHowFarItIs() throws IOException {
        assertThat(folder.state()).isEqualTo(PackFolder.State.ABSENT);

        assertThat(install(server()).run(progress::add, () -> true)).isTrue();

        assertThat(folder.state()).isEqualTo(PackFolder.State.COMPLETE);
        assertThat(asked).containsExactly("/repo/a/first.jar null", "/repo/b/second.jar null");
        assertThat(Files.readAllBytes(folder.jars().get(0))).isEqualTo(first);
        assertThat(Files.readAllBytes(folder.jars().get(1))).isEqualTo(second);
        assertThat(progress).isSorted().last().isEqualTo(2L * SIZE);
        assertThat(names()).containsExactlyInAnyOrder("first.jar", "second.jar");
    }

    @Test
    void downloadsNothingTwice() {
        run();
        asked.clear();

        run();
        assertThat(asked).isEmpty();
    }

    @Test
    void deletesAFileWithAWrongChecksumAndSaysSo() {
        manners = (exchange, content) -> {
            byte[] other = content.clone();
            other[17]++;
            send(exchange, other);
        };

        assertThatThrownBy(this::run)
                .isInstanceOf(PackException.class)
                .hasMessageStartingWith("The checksum of first.jar is wrong: expected "
                        + sha256(first).substring(0, 12))
                .hasMessageContaining("The file was deleted");
        assertThat(names()).isEmpty();
        assertThat(folder.state()).isEqualTo(PackFolder.State.ABSENT);
    }

    @Test
    void goesOnWhereATruncatedFileBrokeOff() {
        manners = (exchange, content) -> breakOff(exchange, content, 70_000);
        assertThatThrownBy(this::run)
                .isInstanceOf(PackException.class)
                .hasMessageContaining("broke off")
                .hasMessageContaining("install again to go on");
        assertThat(folder.state()).isEqualTo(PackFolder.State.PARTIAL);
        assertThat(folder.presentBytes()).isBetween(1L, 70_000L);
        long had = folder.presentBytes();

        asked.clear();
        manners = PackInstallTest::sendRange;
        run();
        assertThat(asked.get(0)).isEqualTo("/repo/a/first.jar bytes=" + had + "-");
        assertThat(folder.state()).isEqualTo(PackFolder.State.COMPLETE);
        assertThat(names()).containsExactlyInAnyOrder("first.jar", "second.jar");
    }

    @Test
    void startsOverWhereTheServerKnowsNoRanges() {
        manners = (exchange, content) -> breakOff(exchange, content, 70_000);
        assertThatThrownBy(this::run).isInstanceOf(PackException.class);

        manners = PackInstallTest::send;
        run();
        assertThat(folder.state()).isEqualTo(PackFolder.State.COMPLETE);
    }

    @Test
    void goesOnAfterACancelledDownload() {
        int[] calls = new int[1];
        assertThat(install(server()).run(progress::add, () -> ++calls[0] < 2)).isFalse();
        assertThat(folder.state()).isEqualTo(PackFolder.State.PARTIAL);

        manners = PackInstallTest::sendRange;
        run();
        assertThat(folder.state()).isEqualTo(PackFolder.State.COMPLETE);
    }

    @Test
    void namesAFileThatTheRepositoryDoesNotHave() {
        manners = (exchange, content) -> exchange.sendResponseHeaders(404, -1);

        assertThatThrownBy(this::run)
                .isInstanceOf(PackException.class)
                .hasMessageContaining("does not have a/first.jar (404)")
                .hasMessageContaining("--repository");
        assertThat(names()).isEmpty();
    }

    @Test
    void saysThatTheRepositoryRefuses() {
        manners = (exchange, content) -> exchange.sendResponseHeaders(403, -1);

        assertThatThrownBy(this::run).hasMessageContaining("HTTP status 403");
    }

    @Test
    void givesUpOnAServerThatFallsSilent() {
        manners = (exchange, content) -> {
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content, 0, 1000);
            exchange.getResponseBody().flush();
            sleep(20_000);
        };

        assertThatThrownBy(
                        () -> install(new PackSource(server().address(), Duration.ofSeconds(5), Duration.ofSeconds(1)))
                                .run(progress::add, () -> true))
                .isInstanceOf(PackException.class)
                .hasMessageContaining("nothing came for 1 s");
        assertThat(folder.presentBytes()).isEqualTo(1000);
    }

    /** Slow is not silent: each piece comes within the limit, all of them together do not. */
    @Test
    void waitsForASlowServer() {
        manners = (exchange, content) -> {
            exchange.sendResponseHeaders(200, content.length);
            for (int i = 0; i < 8; i++) {
                exchange.getResponseBody().write(content, i * SIZE / 8, SIZE / 8);
                exchange.getResponseBody().flush();
                sleep(150);
            }
        };
        long start = System.nanoTime();

        assertThat(install(new PackSource(server().address(), Duration.ofSeconds(5), Duration.ofSeconds(1)))
                        .run(progress::add, () -> true))
                .isTrue();
        assertThat((System.nanoTime() - start) / 1e9).isGreaterThan(2);
    }

    @Test
    void refusesALongerFile() {
        manners = (exchange, content) -> send(exchange, Arrays.copyOf(content, SIZE + 100_000));

        assertThatThrownBy(this::run).hasMessageContaining("sends more than the 200 kB of first.jar");
        assertThat(names()).isEmpty();
    }

    @Test
    void asksForSpaceBeforeItBegins() {
        PackInstall install = new PackInstall(folder, server(), path -> 2L * SIZE + UNPACKED - 1);

        assertThatThrownBy(() -> install.run(progress::add, () -> true))
                .isInstanceOf(PackException.class)
                .hasMessageContaining("needs 450 kB")
                .hasMessageContaining("50 kB when its libraries are unpacked");
        assertThat(asked).isEmpty();
        assertThat(new PackInstall(folder, server(), path -> 2L * SIZE + UNPACKED).run(progress::add, () -> true))
                .isTrue();
    }

    @Test
    void saysThatTheRepositoryCannotBeReached() throws IOException {
        int closed;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = socket.getLocalPort();
        }

        assertThatThrownBy(() ->
                        install(PackSource.at("http://127.0.0.1:" + closed)).run(progress::add, () -> true))
                .isInstanceOf(PackException.class)
                .hasMessageContaining("cannot be reached");
    }

    @Test
    void removesItsOwnFilesOnly() throws IOException {
        run();
        Files.createDirectories(folder.unpacked().resolve("deep"));
        Files.writeString(folder.unpacked().resolve("deep/library.so"), "x");
        Files.writeString(folder.path().resolve("mine.txt"), "x");

        folder.remove();
        assertThat(names()).containsExactly("mine.txt");
        assertThat(folder.state()).isEqualTo(PackFolder.State.ABSENT);
    }

    private void run() {
        assertThat(install(server()).run(progress::add, () -> true)).isTrue();
    }

    private PackInstall install(PackSource source) {
        return new PackInstall(folder, source);
    }

    private PackSource server() {
        return PackSource.at("http://127.0.0.1:" + server.getAddress().getPort() + "/repo");
    }

    private List<String> names() {
        return Arrays.asList(folder.path().toFile().list());
    }

    private void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        asked.add(path + " " + exchange.getRequestHeaders().getFirst("Range"));
        manners.answer(exchange, path.endsWith("first.jar") ? first : second);
        exchange.close();
    }

    private static void send(HttpExchange exchange, byte[] content) throws IOException {
        exchange.sendResponseHeaders(200, content.length);
        exchange.getResponseBody().write(content);
    }

    private static void sendRange(HttpExchange exchange, byte[] content) throws IOException {
        String range = exchange.getRequestHeaders().getFirst("Range");
        if (range == null) {
            send(exchange, content);
            return;
        }
        int from = Integer.parseInt(range.replaceAll("bytes=(\\d+)-", "$1"));
        exchange.sendResponseHeaders(206, content.length - from);
        exchange.getResponseBody().write(content, from, content.length - from);
    }

    private static void breakOff(HttpExchange exchange, byte[] content, int after) throws IOException {
        exchange.sendResponseHeaders(200, content.length);
        exchange.getResponseBody().write(content, 0, after);
        exchange.getResponseBody().flush();
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static byte[] content(int seed) {
        byte[] content = new byte[SIZE];
        for (int i = 0; i < SIZE; i++) {
            content[i] = (byte) (i * 31 * seed + i / 251);
        }
        return content;
    }

    private static PackManifest.PackFile file(String path, byte[] content) {
        return new PackManifest.PackFile(path, content.length, sha256(content));
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
