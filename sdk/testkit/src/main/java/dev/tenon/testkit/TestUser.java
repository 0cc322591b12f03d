package dev.tenon.testkit;

import dev.tenon.records.RecordSession;
import dev.tenon.records.RecordSession.AttachmentContent;
import dev.tenon.sdk.plugin.ActionResult;
import dev.tenon.sdk.record.Attachment;
import dev.tenon.sdk.record.RecordClient;
import dev.tenon.sdk.record.RecordData;
import dev.tenon.tenancy.identity.UserAccount;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A user of the tenant and what a program can do in this user's name. Records go through the platform's one door, with
 * the rights, triggers and rules that every other caller meets; each call is a transaction of its own, on the calling
 * thread. Safe for use by several threads. Refusals are {@link dev.tenon.sdk.error.PlatformException}s.
 */
public final class TestUser {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final UserAccount account;
    private final URI address;
    private final String token;
    private final Supplier<RecordSession> door;

    TestUser(UserAccount account, URI address, String token, Supplier<RecordSession> door) {
        this.account = account;
        this.address = address;
        this.token = token;
        this.door = door;
    }

    /** The user's record id, as lookups to users hold it. */
    public UUID id() {
        return account.id();
    }

    public String login() {
        return account.login();
    }

    Set<String> permissionSets() {
        return Set.copyOf(account.permissionSets());
    }

    /**
     * Finds, queries, creates, changes, deletes records and attaches files with this user's rights of now. The client
     * pins the tenant's present model: ask for another one after a change of the model, for example an installation.
     */
    public RecordClient records() {
        return door.get().client();
    }

    /** Runs an action of the record as its button does. */
    public ActionResult run(RecordData record, String action, Map<String, @Nullable Object> parameters) {
        return door.get().runAction(record.object(), record.id(), action, parameters);
    }

    /** Runs an action that takes no parameters. */
    public ActionResult run(RecordData record, String action) {
        return run(record, action, Map.of());
    }

    /** The bytes of an attachment that this user may see; {@code IllegalArgumentException} for any other. */
    public byte[] content(Attachment attachment) {
        AttachmentContent opened = door.get()
                .openAttachment(attachment.id())
                .orElseThrow(() -> new IllegalArgumentException(
                        login() + " sees no attachment " + attachment.id() + " " + attachment.fileName()));
        try (InputStream content = opened.content()) {
            return content.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A personal access token, good for the header {@code Authorization: Bearer …}. */
    public String token() {
        return token;
    }

    /**
     * The beginning of an HTTP request with this user's token.
     *
     * @param path with a slash at its beginning, for example {@code /odata/recruiting__Offer?$top=1}
     */
    public HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(address + path)).header("Authorization", "Bearer " + token);
    }

    /** The answer to a GET, whatever its status. */
    public HttpResponse<String> get(String path) {
        return send(request(path));
    }

    /** The answer to a POST of JSON, whatever its status. */
    public HttpResponse<String> post(String path, String json) {
        return send(request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(json)));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the platform", e);
        }
    }

    @Override
    public String toString() {
        return login() + " " + account.permissionSets();
    }
}
