package dev.tenon.samples.offerletter;

import dev.tenon.sdk.error.ErrorCode;
import dev.tenon.sdk.error.ErrorKind;

/** What a person has to put right before a letter can be made. */
enum OfferLetterError implements ErrorCode {
    NO_TEMPLATE,
    NOT_VISIBLE,
    UNKNOWN_PLACEHOLDER,
    VALUE_MISSING;

    @Override
    public String owner() {
        return "offer-letter";
    }

    @Override
    public ErrorKind kind() {
        return ErrorKind.USER;
    }
}
