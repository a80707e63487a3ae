#include "sync/store/tables.h"

namespace machikoe {

const std::vector<TableShape>& table_shapes() {
    constexpr CellKind T = CellKind::Text, B = CellKind::Bytes, N = CellKind::Number;
    static const std::vector<TableShape> kTables = {
        {"enrolment_code",
         1,
         {{"code_hash", T},
          {"name", T},
          {"site", T},
          {"expires_ms", N},
          {"used_ms", N},
          {"kiosk", T},
          {"token_hash", T}}},
        {"kiosk",
         1,
         {{"id", T},
          {"name", T},
          {"site", T},
          {"token_hash", T},
          {"revoked", N},
          {"enrolled_ms", N},
          {"last_seen_ms", N},
          {"held_count", N},
          {"signing_key", T},
          {"set_up_key", T},
          {"locked_set_up_key", T},
          {"health", T}}},
        {"ledger",
         2,
         {{"kiosk", T}, {"sequence", N}, {"previous_hash", T}, {"hash", T}, {"outcome", T}}},
        {"response",
         1,
         {{"id", T},
          {"pack_hash", T},
          {"day", T},
          {"hour", N},
          {"site", T},
          {"event", T},
          {"universe", T},
          {"record", T}}},
        {"quarantine",
         2,
         {{"kiosk", T}, {"sequence", N}, {"payload", B}, {"reason", T}, {"cause", T}}},
        {"conflict",
         3,
         {{"kiosk", T}, {"sequence", N}, {"hash", T}, {"payload", B}, {"noted_ms", N}}},
        {"pack", 2, {{"hash", T}, {"file_name", T}, {"id", T}, {"text", T}}},
        {"epoch", 1, {{"id", T}, {"kiosk", T}, {"sequence", N}, {"opening", B}}},
        {"waiting", 1, {{"id", T}, {"kiosk", T}, {"site", T}, {"event", T}, {"payload", B}}},
        {"audit",
         1,
         {{"number", N},
          {"when_ms", N},
          {"who", T},
          {"what", T},
          {"detail", T},
          {"previous_hash", T},
          {"hash", T}}},
        {"review",
         2,
         {{"response", T}, {"question", T}, {"state", T}, {"original", B}, {"decided_ms", N}}},
        {"review_tag", 3, {{"response", T}, {"question", T}, {"tag", T}}},
        {"released", 2, {{"writer", T}, {"number", N}, {"ids", T}}},
        {"checkpoint", 1, {{"one", N}, {"generation", N}, {"counts", B}}},
        {"account",
         1,
         {{"name", T},
          {"role", T},
          {"password", T},
          {"totp_key", B},
          {"totp_step", N},
          {"invitation", T},
          {"invited_until_ms", N},
          {"disabled", N},
          {"failures", N},
          {"locked_until_ms", N},
          {"created_ms", N},
          {"last_login_ms", N}}},
        {"session",
         1,
         {{"token_hash", T},
          {"account", T},
          {"form_token", T},
          {"started_ms", N},
          {"last_used_ms", N}}},
        {"publication",
         1,
         {{"one", N}, {"generation", N}, {"pack_hash", T}, {"responses", N}, {"counts", B}}},
        {"access_key",
         1,
         {{"key_hash", T}, {"account", T}, {"label", T}, {"created_ms", N}, {"last_used_ms", N}}},
    };
    return kTables;
}

std::string column_list(const TableShape& table, std::size_t count) {
    std::string list;
    for (std::size_t i = 0; i < count; ++i)
        list += (i == 0 ? "" : ", ") + std::string(table.columns[i].name);
    return list;
}

Result<std::unique_ptr<TableReader>> open_table_reader(const StoreLocation& location,
                                                       Marked marked) {
    return location.url.empty() ? open_sqlite_reader(location.folder, marked)
                                : open_postgres_reader(location.url, marked);
}

Result<std::unique_ptr<TableFiller>> open_table_filler(const StoreLocation& location) {
    return location.url.empty() ? open_sqlite_filler(location.folder)
                                : open_postgres_filler(location.url);
}

}  // namespace machikoe
