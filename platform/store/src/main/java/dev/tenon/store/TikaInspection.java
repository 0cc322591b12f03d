package dev.tenon.store;

import dev.tenon.records.StoredFile.Pixels;
import dev.tenon.records.port.ContentInspection;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.metadata.TikaCoreProperties;
import org.apache.tika.mime.MediaType;
import org.apache.tika.mime.MimeTypes;

/** Tells types by Apache Tika's table of signatures. Safe for use by several threads. */
public final class TikaInspection implements ContentInspection {

    /** What every browser shows and cannot run anything; SVG is a program. */
    private static final Set<String> IMAGES = Set.of("image/png", "image/jpeg", "image/gif");

    /** Forms that many kinds of files share; which of them it is only the name tells. */
    private static final Set<String> FORMS =
            Set.of("text/plain", "application/zip", "application/x-tika-ooxml", "application/x-tika-msoffice");

    private final MimeTypes types = MimeTypes.getDefaultMimeTypes();

    @Override
    public String mediaType(InputStream content, String fileName) {
        try (InputStream repeatable = new BufferedInputStream(content)) {
            MediaType form = types.detect(repeatable, new Metadata());
            if (!FORMS.contains(form.toString())) {
                return form.getBaseType().toString();
            }
            Metadata named = new Metadata();
            named.set(TikaCoreProperties.RESOURCE_NAME_KEY, fileName);
            return types.detect(repeatable, named).getBaseType().toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads the head only: a small file can be an image that fills the memory. */
    @Override
    public Optional<Pixels> pixels(InputStream content, String mediaType) {
        Iterator<ImageReader> readers = IMAGES.contains(mediaType)
                ? ImageIO.getImageReadersByMIMEType(mediaType)
                : Set.<ImageReader>of().iterator();
        if (!readers.hasNext()) {
            return Optional.empty();
        }
        ImageReader reader = readers.next();
        try (ImageInputStream in = new MemoryCacheImageInputStream(content)) {
            reader.setInput(in, true, true);
            return Optional.of(new Pixels(reader.getWidth(0), reader.getHeight(0)));
        } catch (IOException | RuntimeException damaged) {
            return Optional.empty();
        } finally {
            reader.dispose();
        }
    }
}
