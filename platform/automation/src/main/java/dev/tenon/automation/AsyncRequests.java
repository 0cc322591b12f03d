package dev.tenon.automation;

import dev.tenon.access.Identity;
import dev.tenon.records.HistoryEntry;
import java.io.InputStream;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Requests to the data API that are answered later: done once, with the rights that the person has when they are done, and
 * answered to that person alone. Safe for use by several threads.
 */
public interface AsyncRequests {

    /** @throws dev.tenon.sdk.error.PlatformException {@code automation.async-limit} where too many wait already */
    UUID start(Identity identity, Request request, byte[] body);

    /** How it stands, after waiting for its end for some time. */
    Status await(Identity identity, UUID id, Duration longest);

    /** What was answered; the caller closes it. Only of what has ended. */
    InputStream answer(Identity identity, UUID id);

    /**
     * Stops it, or forgets the answer of what has ended.
     *
     * @return whether it is gone; else it is being stopped
     */
    boolean cancel(Identity identity, UUID id);

    /**
     * What was asked, without its body.
     *
     * @param path behind the service's address, still encoded
     * @param query still encoded
     * @param headers by their names in lower case, those that say something about the answer
     * @param root the service's address as the caller knows it
     * @param through what the changes are noted with
     */
    record Request(
            String method,
            String path,
            @Nullable String query,
            Map<String, String> headers,
            String root,
            HistoryEntry.Channel through) {
        public Request {
            headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
        }

        /** Whether it may be done again where nobody knows how far it came. */
        public boolean reading() {
            return method.equals("GET");
        }
    }

    /** @param answer once it has ended */
    record Status(UUID id, State state, @Nullable Answer answer) {}

    /** The head of an answer. */
    record Answer(int status, Map<String, String> headers) {
        public Answer {
            headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
        }
    }

    /** Where in its life a request is. */
    enum State {
        QUEUED,
        RUNNING,
        DONE,
        CANCELED,
        /** Its person may not do anything any more. */
        FAILED;

        public boolean ended() {
            return switch (this) {
                case QUEUED, RUNNING -> false;
                case DONE, CANCELED, FAILED -> true;
            };
        }
    }

    /**
     * How much there may be.
     *
     * @param kept how long answers are
     * @param longest how long one request may take
     * @param answerBytes most of one answer
     * @param ofPerson most of a person that have not ended
     * @param ofTenant most of a tenant that have not ended
     * @param answersOfPerson answers that are kept for a person; of more the oldest go
     */
    record Limits(Duration kept, Duration longest, long answerBytes, int ofPerson, int ofTenant, int answersOfPerson) {}
}
