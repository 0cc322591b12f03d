package dev.tenon.app.running;

import static dev.tenon.app.running.QueryOptionsTest.ASSEMBLIES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.http.client.HttpClient;
import org.apache.http.impl.client.HttpClients;
import org.apache.http.message.BasicHeader;
import org.apache.olingo.client.api.ODataClient;
import org.apache.olingo.client.api.communication.ODataClientErrorException;
import org.apache.olingo.client.api.communication.request.cud.ODataEntityUpdateRequest;
import org.apache.olingo.client.api.communication.request.cud.UpdateType;
import org.apache.olingo.client.api.domain.ClientEntity;
import org.apache.olingo.client.api.domain.ClientEntitySet;
import org.apache.olingo.client.api.http.HttpClientFactory;
import org.apache.olingo.client.core.ODataClientFactory;
import org.apache.olingo.commons.api.edm.Edm;
import org.apache.olingo.commons.api.edm.EdmEntityType;
import org.apache.olingo.commons.api.edm.FullQualifiedName;
import org.apache.olingo.commons.api.format.ContentType;
import org.apache.olingo.commons.api.http.HttpMethod;
import org.junit.jupiter.api.Test;

/** A program with Apache Olingo's client, which knows nothing but the address and the metadata it finds there. */
class OlingoClientTest {

    private static final Http ASSEMBLER = Plant.someone("oc-assembler", "plant__assembler");
    private static final Http READER = Plant.someone("oc-reader", "plant__assemblyReader");
    private static final FullQualifiedName ASSEMBLY = new FullQualifiedName("Tenon", "plant__Assembly");

    private final ODataClient client = client(ASSEMBLER);
    private final String root = ASSEMBLER.address() + "/odata/";

    private static ODataClient client(Http who) {
        ODataClient client = ODataClientFactory.getClient();
        client.getConfiguration().setDefaultPubFormat(ContentType.JSON);
        client.getConfiguration().setHttpClientFactory(new HttpClientFactory() {
            @Override
            public HttpClient create(HttpMethod method, URI uri) {
                return HttpClients.custom()
                        .setDefaultHeaders(List.of(new BasicHeader("Authorization", "Bearer " + who.token())))
                        .build();
            }

            @Override
            public void close(HttpClient httpClient) {
                // Each belongs to one request.
            }
        });
        return client;
    }

    private ClientEntity assembly(Map<String, String> texts) {
        ClientEntity entity = client.getObjectFactory().newEntity(ASSEMBLY);
        texts.forEach((name, text) -> entity.getProperties()
                .add(client.getObjectFactory()
                        .newPrimitiveProperty(
                                name,
                                client.getObjectFactory()
                                        .newPrimitiveValueBuilder()
                                        .buildString(text))));
        return entity;
    }

    private static String text(ClientEntity entity, String property) {
        return entity.getProperty(property).getPrimitiveValue().toString();
    }

    private ClientEntity create(Map<String, String> texts) {
        return client.getCUDRequestFactory()
                .getEntityCreateRequest(URI.create(ASSEMBLER.address() + ASSEMBLIES), assembly(texts))
                .execute()
                .getBody();
    }

    @Test
    void itReadsTheModelThatTheCallerMayKnow() {
        Edm edm = client.getRetrieveRequestFactory()
                .getMetadataRequest(root)
                .execute()
                .getBody();
        EdmEntityType item = edm.getEntityType(new FullQualifiedName("Tenon", "plant__AssemblyItem"));
        assertThat(item.getPropertyNames()).contains("id", "version", "assembly_id", "price");
        assertThat(item.getNavigationProperty("assembly").getType().getName()).isEqualTo("plant__Assembly");
        assertThat(edm.getBoundAction(new FullQualifiedName("Tenon", "greet"), ASSEMBLY, false)
                        .getReturnType()
                        .getType()
                        .getName())
                .isEqualTo("ActionAnswer");
        Edm narrow = client(READER)
                .getRetrieveRequestFactory()
                .getMetadataRequest(root)
                .execute()
                .getBody();
        assertThat(narrow.getEntityType(item.getFullQualifiedName()).getPropertyNames())
                .doesNotContain("price");
    }

    @Test
    void itMakesFindsChangesRunsAndDeletes() {
        ClientEntity first = create(Map.of("name", "OC first", "code", "OC-1"));
        String id = text(first, "id");
        create(Map.of("name", "OC second", "above_id", id));
        create(Map.of("name", "OC third", "above_id", id));

        ClientEntitySet found = client.getRetrieveRequestFactory()
                .getEntitySetRequest(client.newURIBuilder(root)
                        .appendEntitySetSegment("plant__Assembly")
                        .filter("startswith(name,'OC') and above/code eq 'OC-1'")
                        .expand("above")
                        .orderBy("name desc")
                        .count(true)
                        .build())
                .execute()
                .getBody();
        assertThat(found.getCount()).isEqualTo(2);
        assertThat(found.getEntities().stream().map(row -> text(row, "name"))).containsExactly("OC third", "OC second");
        // Without the metadata at hand the client takes a record for a complex value.
        assertThat(found.getEntities()
                        .getFirst()
                        .getProperty("above")
                        .getComplexValue()
                        .get("name")
                        .getPrimitiveValue()
                        .toString())
                .isEqualTo("OC first");

        List<String> paged = new ArrayList<>();
        URI next = client.newURIBuilder(root)
                .appendEntitySetSegment("plant__Assembly")
                .filter("startswith(name,'OC')")
                .orderBy("name")
                .build();
        while (next != null) {
            var request = client.getRetrieveRequestFactory().getEntitySetRequest(next);
            request.setPrefer("odata.maxpagesize=2");
            ClientEntitySet page = request.execute().getBody();
            page.getEntities().forEach(row -> paged.add(text(row, "name")));
            next = page.getNext();
        }
        assertThat(paged).containsExactly("OC first", "OC second", "OC third");

        URI one = URI.create(ASSEMBLER.address() + ASSEMBLIES + "(" + id + ")");
        assertThat(update(one, first.getETag())).isEqualTo(200);
        assertThatThrownBy(() -> update(one, first.getETag()))
                .isInstanceOf(ODataClientErrorException.class)
                .hasMessageContaining("412");

        var action = client.getInvokeRequestFactory()
                .getActionInvokeRequest(
                        URI.create(one + "/Tenon.greet"),
                        org.apache.olingo.client.api.domain.ClientProperty.class,
                        Map.of());
        assertThat(action.execute().getBody().toString()).contains("Hello OC changed");

        var delete = client.getCUDRequestFactory().getDeleteRequest(one);
        delete.setIfMatch("*");
        assertThat(delete.execute().getStatusCode()).isEqualTo(204);
    }

    private int update(URI one, String etag) {
        ODataEntityUpdateRequest<ClientEntity> update = client.getCUDRequestFactory()
                .getEntityUpdateRequest(one, UpdateType.PATCH, assembly(Map.of("name", "OC changed")));
        update.setIfMatch(etag);
        return update.execute().getStatusCode();
    }
}
