package org.oddlens.engine.cli;

import picocli.CommandLine.Option;

/** The flags every command has. */
final class Output {

    @Option(names = "--json", description = "Print one JSON document and nothing else.")
    boolean json;

    @Option(
            names = {"-q", "--quiet"},
            description = "Print results only, no progress and no notes.")
    boolean quiet;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    boolean help;
}
