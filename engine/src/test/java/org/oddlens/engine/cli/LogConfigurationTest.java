package org.oddlens.engine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.core.ConsoleAppender;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logback finds our configuration by itself, without reading XML. */
class LogConfigurationTest {

    @Test
    void isTheOneThatIsUsed() {
        LoggerContext log = (LoggerContext) LoggerFactory.getILoggerFactory();
        ch.qos.logback.classic.Logger root = log.getLogger(Logger.ROOT_LOGGER_NAME);
        assertThat(root.getLevel()).isEqualTo(Level.WARN);
        assertThat(root.getAppender("STDERR"))
                .isInstanceOfSatisfying(ConsoleAppender.class, appender -> assertThat(appender.getTarget())
                        .isEqualTo("System.err"));
        assertThat(log.getLogger("io.jhdf").getLevel()).isEqualTo(Level.ERROR);
    }
}
