package dev.tenon.automation.port;

import dev.tenon.access.Identity;
import dev.tenon.automation.AsyncRequests.Answer;
import dev.tenon.automation.AsyncRequests.Request;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Does requests to the data API outside of the connection that brought them. */
public interface RequestRunner {

    /** Throws what is wrong with it; what was written until then counts for nothing. */
    Answer run(Identity identity, Request request, InputStream body, OutputStream to) throws IOException;

    /** The answer to a request that was not done, or not to its end. */
    Answer refuse(Identity identity, RuntimeException why, OutputStream to) throws IOException;
}
