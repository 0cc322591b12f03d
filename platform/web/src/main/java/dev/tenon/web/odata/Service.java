package dev.tenon.web.odata;

import dev.tenon.web.errors.WebError;
import dev.tenon.web.model.VisibleModel;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.apache.olingo.commons.api.format.ContentType;
import org.apache.olingo.server.api.OData;
import org.apache.olingo.server.api.ServiceMetadata;
import org.apache.olingo.server.api.serializer.SerializerException;
import org.apache.olingo.server.api.uri.UriInfo;
import org.apache.olingo.server.core.uri.parser.Parser;
import org.apache.olingo.server.core.uri.parser.UriParserException;
import org.apache.olingo.server.core.uri.validator.UriValidationException;
import org.jspecify.annotations.Nullable;

/** The OData service as callers with certain rights see it. Safe for use by several threads. */
final class Service {

    private static final OData ODATA = OData.newInstance();

    /** Long addresses are parsed by recursion; longer ones are no query that a person or program means. */
    private static final int LONGEST_QUERY = 20_000;

    private final VisibleModel visible;
    private final ServiceMetadata metadata;

    Service(VisibleModel visible) {
        this.visible = visible;
        this.metadata = ODATA.createServiceMetadata(new ModelEdm(visible), List.of());
        // Olingo fills its caches on first use without a lock; afterwards they are only read.
        this.metadata
                .getEdm()
                .getSchemas()
                .forEach(schema -> schema.getEntityTypes().forEach(type -> {
                    type.getPropertyNames().forEach(type::getProperty);
                    type.getNavigationPropertyNames().forEach(type::getProperty);
                }));
    }

    VisibleModel visible() {
        return visible;
    }

    /**
     * @param path behind {@code /odata}, still encoded
     * @param query still encoded
     */
    UriInfo parse(String path, @Nullable String query) {
        requireShort(query == null ? 0 : query.length());
        try {
            String asked = ComputeOption.applied(Spelling.of(query));
            // Forms and URLSearchParams write a space as plus.
            return new Parser(metadata.getEdm(), ODATA)
                    .parseUri(path, asked == null ? null : asked.replace("+", "%20"), null, "");
        } catch (UriParserException | UriValidationException refused) {
            throw ParserFaults.read(refused, visible);
        } catch (StackOverflowError tooDeep) {
            throw WebError.ODATA_TOO_COMPLEX
                    .error()
                    .with("maximum", Limits.PARTS)
                    .build();
        }
    }

    /** Throws where a query, or what it stands for, is longer than anybody writes. */
    static void requireShort(int length) {
        if (length > LONGEST_QUERY) {
            throw WebError.ODATA_TOO_COMPLEX
                    .error()
                    .with("maximum", LONGEST_QUERY)
                    .build();
        }
    }

    byte[] metadataXml() {
        return document(ContentType.APPLICATION_XML);
    }

    byte[] metadataJson() {
        return document(ContentType.APPLICATION_JSON);
    }

    private byte[] document(ContentType type) {
        try (InputStream content =
                ODATA.createSerializer(type).metadataDocument(metadata).getContent()) {
            return content.readAllBytes();
        } catch (SerializerException | IOException broken) {
            throw new IllegalStateException("the metadata document cannot be written", broken);
        }
    }
}
