package dev.tenon.app;

import dev.tenon.automation.port.ExportFiles;
import dev.tenon.records.port.BlobStore;
import dev.tenon.records.port.FilePorts;
import dev.tenon.records.port.RecordStore;
import dev.tenon.records.port.RecycleBinStore;
import dev.tenon.records.port.Sealing;
import dev.tenon.store.DataFolder;
import dev.tenon.store.Database;
import dev.tenon.store.DatabaseSettings;
import dev.tenon.store.DiskBlobStore;
import dev.tenon.store.DiskExportFiles;
import dev.tenon.store.TikaInspection;
import dev.tenon.store.approval.JooqHoldStore;
import dev.tenon.store.identity.JooqIdentityStore;
import dev.tenon.store.identity.JooqLoginStore;
import dev.tenon.store.identity.JooqTokenStore;
import dev.tenon.store.records.JooqFileStore;
import dev.tenon.store.records.JooqRecordStore;
import dev.tenon.store.records.JooqRecycleBin;
import dev.tenon.store.schema.Catalogue;
import dev.tenon.store.schema.JournaledSchemaEvolution;
import dev.tenon.store.schema.StepListener;
import dev.tenon.store.secrets.DataKeys;
import dev.tenon.store.secrets.SealedTexts;
import dev.tenon.store.secrets.SealingKeys;
import dev.tenon.store.tenancy.JooqTenancyStore;
import dev.tenon.store.tenancy.PollingModelChangeFeed;
import dev.tenon.tenancy.identity.IdentityStore;
import dev.tenon.tenancy.identity.LoginStore;
import dev.tenon.tenancy.identity.TokenStore;
import java.nio.file.Path;
import java.util.Optional;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The database and everything that is kept in it. */
@Configuration(proxyBeanMethods = false)
class StoreConfiguration {

    /** Needed for files and plugins also where the database is elsewhere. */
    @Bean
    DataFolder dataFolder(TenonSettings settings) {
        return DataFolder.open(settings.data());
    }

    @Bean(destroyMethod = "close")
    Database database(DataFolder folder, TenonSettings settings) {
        TenonSettings.Database configured = settings.database();
        String url = configured.url();
        return Database.open(
                url == null || url.isBlank()
                        ? DatabaseSettings.embedded(folder.path())
                        : new DatabaseSettings(url, configured.user(), configured.password(), configured.poolSize()));
    }

    @Bean
    Catalogue catalogue(Database database, TenonSettings settings) {
        return new Catalogue(database, settings.schema().forStore());
    }

    @Bean
    RecordStore recordStore(
            Database database, Catalogue catalogue, PlatformConfiguration.OutboxSignal signal, JooqHoldStore holds) {
        return new JooqRecordStore(database, catalogue, signal, Optional.of(holds));
    }

    @Bean
    RecycleBinStore recycleBinStore(Database database, TenonSettings settings) {
        return new JooqRecycleBin(database, settings.recycleBin().days());
    }

    @Bean
    BlobStore blobStore(DataFolder folder) {
        return new DiskBlobStore(folder.resolve("files"));
    }

    @Bean
    FilePorts filePorts(Database database, Catalogue catalogue, BlobStore blobs) {
        return new FilePorts(new JooqFileStore(database, catalogue), blobs, new TikaInspection());
    }

    @Bean
    ExportFiles exportFiles(DataFolder folder) {
        return new DiskExportFiles(folder.resolve("exports"));
    }

    @Bean
    TenancyPorts tenancyPorts(Database database, Catalogue catalogue, TenonSettings settings) {
        return new TenancyPorts(
                new JooqTenancyStore(database),
                new PollingModelChangeFeed(database),
                new JournaledSchemaEvolution(
                        database, catalogue, settings.schema().forStore(), StepListener.NONE));
    }

    @Bean
    IdentityStore identityStore(Database database) {
        return new JooqIdentityStore(database.dsl());
    }

    @Bean
    Sealing sealing(DataFolder folder, TenonSettings settings) {
        TenonSettings.Encryption encryption = settings.encryption();
        Path file = encryption.keyFile() == null ? folder.resolve("keys").resolve("master.keys") : encryption.keyFile();
        return new SealedTexts(
                encryption.keys().isEmpty() ? SealingKeys.inFile(file) : SealingKeys.of(encryption.keys()));
    }

    @Bean
    DataKeys dataKeys(Database database, Sealing sealing) {
        DataKeys keys = new DataKeys(database, sealing);
        keys.prepare();
        return keys;
    }

    @Bean
    LoginStore loginStore(Database database) {
        return new JooqLoginStore(database);
    }

    @Bean
    TokenStore tokenStore(Database database) {
        return new JooqTokenStore(database);
    }
}
