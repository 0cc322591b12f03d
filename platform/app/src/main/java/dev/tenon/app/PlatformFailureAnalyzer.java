package dev.tenon.app;

import dev.tenon.sdk.error.ErrorTexts;
import dev.tenon.sdk.error.PlatformException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Turns a start that failed with one of the platform's errors into one clear message instead of a stack trace. */
class PlatformFailureAnalyzer extends AbstractFailureAnalyzer<PlatformException> {

    /** More would push the first ones out of the terminal. */
    private static final int DETAILS = 10;

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, PlatformException cause) {
        String text = ErrorTexts.describe(cause, Locale.getDefault(), DETAILS);
        // Every text ends with what to do, so there is no further action to tell.
        return new FailureAnalysis(text + "\n\nError code: " + cause.code().id(), null, cause);
    }
}
