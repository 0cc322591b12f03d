package dev.tenon.testkit;

import java.time.Instant;

/**
 * One line of the log.
 *
 * @param level {@code INFO}, {@code WARN} or {@code ERROR}
 * @param logger usually the name of the class that logged
 * @param message with its arguments in place
 * @param exception stack trace, empty for none
 */
public record LogLine(Instant at, String level, String logger, String message, String exception) {}
