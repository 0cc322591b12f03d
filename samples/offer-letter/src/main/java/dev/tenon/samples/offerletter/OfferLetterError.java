package dev.tenon.samples.offerletter;

import dev.tenon.sdk.error.ErrorCode;
import dev.tenon.sdk.error.ErrorKind;

/** What a person has to put right before a letter can be made. */
enum OfferLetterError implements ErrorCode {
    NO_TEMPLATE("offer-letter.no-template"),
    NOT_VISIBLE("offer-letter.not-visible"),
    UNKNOWN_PLACEHOLDER("offer-letter.unknown-placeholder"),
    VALUE_MISSING("offer-letter.value-missing");

    private final String id;

    OfferLetterError(String id) {
        this.id = id;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public ErrorKind kind() {
        return ErrorKind.USER;
    }
}
