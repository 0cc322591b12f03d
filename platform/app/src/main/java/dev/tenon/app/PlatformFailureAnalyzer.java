package dev.tenon.app;

import dev.tenon.sdk.error.ErrorTexts;
import dev.tenon.sdk.error.PlatformException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Turns a start that failed with one of the platform's errors into one clear message instead of a stack trace. */
class PlatformFailureAnalyzer extends AbstractFailureAnalyzer<PlatformException> {

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, PlatformException cause) {
        String text = ErrorTexts.render(cause.code(), cause.args(), Locale.getDefault());
        return new FailureAnalysis(text, "Error code: " + cause.code().id() + " (see the operator's guide).", cause);
    }
}
