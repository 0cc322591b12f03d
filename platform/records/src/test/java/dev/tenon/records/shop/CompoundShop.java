package dev.tenon.records.shop;

import java.util.LinkedHashMap;
import java.util.Map;

/** The shop with fields of several values: amounts with a currency, an address, a place. */
public final class CompoundShop {

    private CompoundShop() {}

    /** The clerk may not read the cost, and not change the fee. */
    public static Map<String, String> files() {
        Map<String, String> files = new LinkedHashMap<>(ShopPackage.files());
        files.computeIfPresent("objects/Order.yaml", (path, text) -> text + """
                  feeDay: {type: date, label: Fee day}
                  fee: {type: currency, label: Fee, precision: 12, scale: 2, rateDate: feeDay}
                  cost: {type: currency, label: Cost, precision: 12, scale: 2, visibleWhen: "status != 'cancelled'"}
                  shipTo: {type: address, label: Ship to}
                  spot: {type: geolocation, label: Spot}
                """);
        files.computeIfPresent(
                "permissions/clerk.yaml",
                (path, text) -> text.replace(
                        "editScope: own, fieldDefault: edit",
                        "editScope: own, fieldDefault: edit, fields: {cost: none, fee: read, shipTo: read}"));
        files.computeIfPresent(
                "permissions/manager.yaml",
                (path, text) -> text
                        + "  sys__ExchangeRate: {create: true, read: true, edit: true, delete: true, scope: all, fieldDefault: edit}\n");
        return files;
    }
}
