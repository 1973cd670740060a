package org.oddlens.engine.device;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import org.oddlens.engine.device.PackManifest.PackFile;

/** One file coming from a repository, from a byte on if the repository can do that. */
final class PackTransfer implements Closeable {

    private final PackSource source;
    private final PackFile file;
    private final HttpURLConnection connection;
    private final InputStream in;
    private final long start;

    private PackTransfer(PackSource source, PackFile file, HttpURLConnection connection, InputStream in, long start) {
        this.source = source;
        this.file = file;
        this.connection = connection;
        this.in = in;
        this.start = start;
    }

    /**
     * Asks for a file.
     *
     * @param from bytes that are there already
     * @throws PackException if the repository cannot be reached or does not have it
     */
    static PackTransfer open(PackSource source, PackFile file, long from) {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) source.file(file).toURL().openConnection();
            connection.setConnectTimeout((int) source.connect().toMillis());
            connection.setReadTimeout((int) source.stall().toMillis());
            connection.setRequestProperty("User-Agent", "Oddlens");
            if (from > 0) {
                connection.setRequestProperty("Range", "bytes=" + from + "-");
            }
            int status = connection.getResponseCode();
            if (status != HttpURLConnection.HTTP_OK && status != HttpURLConnection.HTTP_PARTIAL) {
                connection.disconnect();
                throw refused(source, file, status);
            }
            long start = status == HttpURLConnection.HTTP_PARTIAL ? from : 0;
            return new PackTransfer(source, file, connection, connection.getInputStream(), start);
        } catch (UnknownHostException e) {
            throw unreachable(source, "no such host");
        } catch (SocketTimeoutException e) {
            throw unreachable(source, "no answer within " + source.connect().toSeconds() + " s");
        } catch (IOException e) {
            throw unreachable(source, "the connection was refused or cut");
        }
    }

    private static PackException refused(PackSource source, PackFile file, int status) {
        String why = status == HttpURLConnection.HTTP_NOT_FOUND
                ? " does not have " + file.path() + " (404)."
                : " refuses " + file.path() + " (HTTP status " + status + ").";
        return new PackException(source.address() + why + " Use another repository: oddlens devices --install"
                + " --repository URL, or the variable " + PackSource.ADDRESS_VARIABLE + ".");
    }

    private static PackException unreachable(PackSource source, String why) {
        return new PackException(source.address() + " cannot be reached: " + why
                + ". Check the network or the proxy, or use another repository (variable "
                + PackSource.ADDRESS_VARIABLE + "), then install again; what has arrived is kept.");
    }

    /** The byte that the transfer begins with; 0 if the repository starts over. */
    long start() {
        return start;
    }

    /** @return bytes read, −1 at the end */
    int read(byte[] buffer) {
        try {
            return in.read(buffer);
        } catch (IOException e) {
            throw brokenOff(-1, e);
        }
    }

    /** @param got bytes that came, −1 if not known */
    PackException brokenOff(long got, IOException cause) {
        String how = cause instanceof SocketTimeoutException
                ? "nothing came for " + source.stall().toSeconds() + " s"
                : got >= 0 ? Bytes.text(got) + " of " + Bytes.text(file.bytes()) + " came" : "the connection was cut";
        return new PackException("The download of " + file.name() + " from " + source.address() + " broke off: " + how
                + ". What has arrived is kept; install again to go on from there.");
    }

    @Override
    public void close() {
        connection.disconnect();
    }
}
