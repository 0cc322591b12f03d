package dev.tenon.testkit;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.LoggerFactory;

/** Keeps what is logged from a moment on. */
final class PlatformLog extends AppenderBase<ILoggingEvent> implements AutoCloseable {

    /** Far more than a test logs; a loop that logs must not take the memory. */
    private static final int MOST = 100_000;

    private final List<LogLine> lines = new ArrayList<>();

    private PlatformLog() {}

    static PlatformLog listening() {
        PlatformLog log = new PlatformLog();
        Logger root = root();
        log.setContext(root.getLoggerContext());
        log.start();
        root.addAppender(log);
        return log;
    }

    private static Logger root() {
        return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }

    @Override
    protected void append(ILoggingEvent event) {
        LogLine line = new LogLine(
                event.getInstant(),
                event.getLevel().toString(),
                event.getLoggerName(),
                event.getFormattedMessage(),
                event.getThrowableProxy() == null ? "" : ThrowableProxyUtil.asString(event.getThrowableProxy()));
        synchronized (lines) {
            if (lines.size() < MOST) {
                lines.add(line);
            }
        }
    }

    List<LogLine> lines() {
        synchronized (lines) {
            return List.copyOf(lines);
        }
    }

    @Override
    public void close() {
        root().detachAppender(this);
        stop();
    }
}
