package dev.tenon.automation.internal;

import dev.tenon.access.Identity;
import dev.tenon.automation.AutomationError;
import dev.tenon.automation.ExportStatus;
import dev.tenon.automation.ExportStatus.State;
import dev.tenon.automation.Exports;
import dev.tenon.automation.internal.table.CsvFormat;
import dev.tenon.automation.internal.table.RowSink;
import dev.tenon.automation.internal.table.TableFormat;
import dev.tenon.automation.internal.table.XlsxFormat;
import dev.tenon.automation.port.ExportFiles;
import dev.tenon.automation.port.ExportQuery;
import dev.tenon.automation.port.ExportQuery.Chunk;
import dev.tenon.automation.port.ExportStore;
import dev.tenon.automation.port.ExportStore.Job;
import dev.tenon.automation.port.ExportStore.Reached;
import dev.tenon.sdk.record.RecordIds;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Exports as rows of the tenant's own tables; whoever has time runs them. */
public final class StoredExports implements Exports {

    /** One person's exports must not keep the others waiting. */
    private static final int MOST_OPEN = 5;

    private static final int LISTED = 100;
    private static final int MOST_NAME_CHARS = 100;

    /** The same bytes as GB18030 for everything that GBK has, and nothing that old programs cannot read. */
    private static final Charset GBK = Charset.forName("GBK");

    private final ExportStore store;
    private final ExportFiles files;
    private final Supplier<ExportQuery> query;
    private final InstantSource time;
    private final Consumer<String> wake;

    public StoredExports(
            ExportStore store,
            ExportFiles files,
            Supplier<ExportQuery> query,
            InstantSource time,
            Consumer<String> wake) {
        this.store = store;
        this.files = files;
        this.query = query;
        this.time = time;
        this.wake = wake;
    }

    static TableFormat format(Request request) {
        return request.format() == Format.XLSX
                ? new XlsxFormat(0)
                : new CsvFormat(charset(request), separator(request));
    }

    private static Charset charset(Request request) {
        return switch (request.charset().toUpperCase(Locale.ROOT)) {
            case "UTF-8" -> StandardCharsets.UTF_8;
            case "GBK" -> GBK;
            default ->
                throw AutomationError.CHARSET_UNKNOWN
                        .error()
                        .with("charset", request.charset())
                        .build();
        };
    }

    private static char separator(Request request) {
        if (!CsvFormat.SEPARATORS.contains(request.separator())) {
            throw AutomationError.SEPARATOR_UNKNOWN
                    .error()
                    .with("separator", request.separator())
                    .build();
        }
        return request.separator();
    }

    static String fileName(Request request) {
        String name = request.fileName()
                .map(n -> n.replaceAll("[\\p{Cntrl}\\\\/:*?\"<>|]", "_").strip())
                .filter(n -> !n.isEmpty())
                .orElse(request.object());
        String shortened = name.length() <= MOST_NAME_CHARS ? name : name.substring(0, MOST_NAME_CHARS);
        return shortened + (request.format() == Format.XLSX ? ".xlsx" : ".csv");
    }

    @Override
    public ExportStatus start(Identity identity, Request request) {
        String tenant = identity.tenant();
        format(request);
        query.get()
                .open(identity, request.object(), request.query(), request.technicalNames())
                .titles();
        if (store.open(tenant, identity.user().id()) >= MOST_OPEN) {
            throw AutomationError.TOO_MANY_EXPORTS
                    .error()
                    .with("limit", MOST_OPEN)
                    .build();
        }
        Job job = new Job(
                RecordIds.next(),
                request,
                identity.user().locale().toLanguageTag(),
                identity.user().id(),
                State.QUEUED,
                Reached.NOTHING,
                0,
                0,
                time.instant(),
                null,
                null,
                null,
                null);
        store.add(tenant, job);
        wake.accept(tenant);
        return status(job);
    }

    private Job requireOwn(Identity identity, UUID id) {
        return store.find(identity.tenant(), id)
                .filter(job -> job.startedBy().equals(identity.user().id()))
                .orElseThrow(() ->
                        AutomationError.UNKNOWN_EXPORT.error().with("id", id).build());
    }

    @Override
    public ExportStatus require(Identity identity, UUID id) {
        return status(requireOwn(identity, id));
    }

    @Override
    public List<ExportStatus> list(Identity identity) {
        return store.list(identity.tenant(), identity.user().id(), LISTED).stream()
                .map(StoredExports::status)
                .toList();
    }

    @Override
    public ExportStatus cancel(Identity identity, UUID id) {
        Job job = requireOwn(identity, id);
        if (job.state() == State.DONE) {
            files.remove(identity.tenant(), id);
            store.markExpired(identity.tenant(), id);
        } else {
            store.cancel(identity.tenant(), id, time.instant());
        }
        return require(identity, id);
    }

    /** What was read with rights that the person has lost meanwhile is not given out. */
    @Override
    public Download open(Identity identity, UUID id) {
        Job job = requireOwn(identity, id);
        if (job.state() != State.DONE) {
            throw AutomationError.EXPORT_NOT_READY
                    .error()
                    .with("state", job.state())
                    .build();
        }
        Request request = job.request();
        Identity reader = ExportWork.speaking(identity, Locale.forLanguageTag(job.locale()));
        List<String> titles = query.get()
                .open(reader, request.object(), request.query(), request.technicalNames())
                .titles();
        if (!titles.containsAll(job.reached().titles())) {
            throw AutomationError.EXPORT_CHANGED.error().build();
        }
        return files.open(identity.tenant(), id)
                .map(content -> new Download(fileName(request), format(request).mediaType(), job.bytes(), content))
                .orElseThrow(() -> AutomationError.EXPORT_LOST.error().build());
    }

    @Override
    public void stream(Identity identity, Request request, Supplier<OutputStream> to) {
        TableFormat format = format(request);
        ExportQuery.Reading reading =
                query.get().open(identity, request.object(), request.query(), request.technicalNames());
        List<String> titles = reading.titles();
        Chunk chunk = reading.read("", false);
        try (OutputStream out = to.get();
                RowSink sink = format.write(out)) {
            sink.row(titles);
            while (true) {
                for (List<@Nullable Object> row : chunk.rows()) {
                    sink.row(row);
                }
                if (!chunk.more()) {
                    return;
                }
                reading = query.get().open(identity, request.object(), request.query(), request.technicalNames());
                if (!reading.titles().equals(titles)) {
                    throw AutomationError.EXPORT_CHANGED.error().build();
                }
                chunk = reading.read(chunk.last(), false);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ExportStatus status(Job job) {
        return new ExportStatus(
                job.id(),
                job.state(),
                job.request().object(),
                fileName(job.request()),
                job.request().format(),
                job.reached().total(),
                job.reached().processed(),
                job.altered(),
                job.bytes(),
                job.queuedAt(),
                job.startedAt(),
                job.endedAt(),
                job.expiresAt(),
                job.failure());
    }
}
