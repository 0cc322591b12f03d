package dev.tenon.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenon.metadata.model.Model;
import dev.tenon.metadata.model.PermissionSet.SystemPermission;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SystemPackageTest {

    private static final Path FOLDER = Path.of("src/main/resources/tenon-packages/system");

    @Test
    void theIndexNamesExactlyTheFilesOfTheFolder() throws IOException {
        try (Stream<Path> files = Files.walk(FOLDER)) {
            List<String> present = files.filter(Files::isRegularFile)
                    .map(f -> FOLDER.relativize(f).toString().replace('\\', '/'))
                    .filter(f -> !f.equals("index"))
                    .toList();
            assertThat(SystemPackage.files().keySet()).containsExactlyInAnyOrderElementsOf(present);
        }
    }

    @Test
    void theSystemLayerAloneMakesAModel() {
        Model model = Models.compile("any", 1, List.of()).orThrow();

        assertThat(model.objects())
                .containsKeys("sys__User", "sys__OrganizationUnit", "sys__Notification", "sys__ApprovalInstance");
        assertThat(model.permissionSets().get("sys__administrator").system())
                .containsExactlyInAnyOrder(SystemPermission.values());
        assertThat(model.requireObject("sys__User").label().in(Locale.SIMPLIFIED_CHINESE))
                .isEqualTo("用户");
    }

    @Test
    void everyTextOfTheSystemPackageIsThereInChinese() {
        assertThat(SystemPackage.layer().elements().values())
                .filteredOn(Element::adds)
                .allSatisfy(element -> element.properties().keySet().stream()
                        .filter(name -> element.type()
                                .findProperty(name)
                                .filter(p -> p.merge() == PropertyType.Merge.LABEL)
                                .isPresent())
                        .filter(name -> name.indexOf('@') < 0)
                        .forEach(name -> assertThat(element.value(name + "@zh-CN"))
                                .as("%s %s", element.key(), name)
                                .isInstanceOf(String.class)));
    }
}
