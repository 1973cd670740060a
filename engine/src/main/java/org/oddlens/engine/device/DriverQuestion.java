package org.oddlens.engine.device;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Asks NVIDIA's driver for its cards through its own command {@code nvidia-smi}, in a child process with a time limit:
 * a broken driver may crash that process or never answer, and this one goes on.
 */
public final class DriverQuestion {

    /** Names another program to ask, for a driver in an unusual place and for tests. */
    public static final String PROGRAM_VARIABLE = "ODDLENS_NVIDIA_SMI";

    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final String FIELDS =
            "index,compute_cap,driver_version,memory.total,memory.free,mig.mode.current,name";

    /** Drivers before 510 know neither the compute capability nor, before 450, the division into instances. */
    private static final String OLD_FIELDS = "index,driver_version,memory.total,memory.free,name";

    private final String program;
    private final Duration limit;
    private final UnaskedMachine machine;

    /**
     * @param program command to run
     * @param limit   time for one answer
     * @param machine what can be seen without the driver
     */
    DriverQuestion(String program, Duration limit, UnaskedMachine machine) {
        this.program = program;
        this.limit = limit;
        this.machine = machine;
    }

    /** The question to this machine's driver. */
    public static DriverQuestion of(Map<String, String> environment) {
        return new DriverQuestion(
                environment.getOrDefault(PROGRAM_VARIABLE, "nvidia-smi"), LIMIT, UnaskedMachine.thisOne());
    }

    /** Asks; takes up to twice the limit, never throws. */
    public CardListing ask() {
        try {
            DriverAnswer answer = answer(FIELDS);
            return (answer.unknownField() ? answer(OLD_FIELDS) : answer).listing();
        } catch (IOException e) {
            return CardListing.none(machine.withoutDriver());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return CardListing.none("Asking the NVIDIA driver was cancelled.");
        } catch (SilentDriverException e) {
            return CardListing.none("The NVIDIA driver's command nvidia-smi has not answered for " + limit.toSeconds()
                    + " s and was ended; the driver or the card hangs. Restart the machine, then test again.");
        }
    }

    private DriverAnswer answer(String fields) throws IOException, InterruptedException, SilentDriverException {
        List<String> command = new ArrayList<>(List.of(program, "--query-gpu=" + fields, "--format=csv"));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("LC_ALL", "C");
        Process process = builder.start();
        process.getOutputStream().close();
        // An answer is far smaller than a pipe's buffer, so it can wait there until the command has ended.
        if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            throw new SilentDriverException();
        }
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new DriverAnswer(process.exitValue(), text);
    }

    private static final class SilentDriverException extends Exception {

        private static final long serialVersionUID = 1L;
    }
}
