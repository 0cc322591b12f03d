package dev.tenon.app;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Says of a port that is in use what an operator of this program can do about it. */
@Order(Ordered.HIGHEST_PRECEDENCE)
class TakenPortAnalyzer extends AbstractFailureAnalyzer<PortInUseException> {

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, PortInUseException cause) {
        return new FailureAnalysis(
                "The port " + cause.getPort()
                        + " is in use by another program, perhaps by another server of this kind.",
                "Stop that program, or choose another port: --server.port=9000 on the command line, or SERVER_PORT=9000 in"
                        + " the environment.",
                cause);
    }
}
