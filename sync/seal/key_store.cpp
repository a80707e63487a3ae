#include "sync/seal/key_store.h"

#include "app/base/crypto.h"
#include "app/base/database.h"

namespace machikoe {
namespace {

constexpr Migration kKeyMigrations[] = {
    R"sql(
-- One row: the kiosk's own keys, made once.
CREATE TABLE own (
    one               INTEGER PRIMARY KEY CHECK (one = 1),
    signing_seed      BLOB NOT NULL CHECK (length(signing_seed) = 32),
    set_up_key        TEXT NOT NULL CHECK (length(set_up_key) = 64),
    -- The secret half, locked with the staff's passphrase.
    locked_set_up_key TEXT NOT NULL
) STRICT;

-- At most one row: what enrolment gave.
CREATE TABLE enrolment (
    one         INTEGER PRIMARY KEY CHECK (one = 1),
    server      TEXT NOT NULL,
    token       TEXT NOT NULL CHECK (length(token) = 64),
    kiosk       TEXT NOT NULL CHECK (length(kiosk) = 32),
    name        TEXT NOT NULL,
    site        TEXT NOT NULL,
    sealing_key TEXT NOT NULL CHECK (length(sealing_key) = 64),
    receipt_key TEXT NOT NULL CHECK (length(receipt_key) = 64),
    authority   TEXT NOT NULL,
    proven      INTEGER NOT NULL CHECK (proven IN (0, 1))
) STRICT;

-- The number of the last bundle.
CREATE TABLE bundle (
    one    INTEGER PRIMARY KEY CHECK (one = 1),
    number INTEGER NOT NULL CHECK (number >= 1)
) STRICT;
)sql",
    R"sql(
-- At most one row: what was asked for with the last one-time code, before anybody answered.
CREATE TABLE asked (
    one       INTEGER PRIMARY KEY CHECK (one = 1),
    code_hash TEXT NOT NULL CHECK (length(code_hash) = 64),
    token     TEXT NOT NULL CHECK (length(token) = 64)
) STRICT;
)sql"};

// Some 79 random bits: what is behind it is Argon2id with 64 MiB.
constexpr std::size_t kPassphraseGroups = 4;

}  // namespace

struct KeyStore::Data {
    SQLite::Database database;
    SigningKey signing_key;
    std::string set_up_key;
    std::string locked_set_up_key;
    std::optional<std::string> made_up_passphrase;
};

KeyStore::KeyStore(std::unique_ptr<Data> data) : data_(std::move(data)) {}
KeyStore::KeyStore(KeyStore&&) noexcept = default;
KeyStore& KeyStore::operator=(KeyStore&&) noexcept = default;
KeyStore::~KeyStore() = default;

const std::optional<std::string>& KeyStore::made_up_passphrase() const {
    return data_->made_up_passphrase;
}
const SigningKey& KeyStore::signing_key() const {
    return data_->signing_key;
}
const std::string& KeyStore::set_up_key() const {
    return data_->set_up_key;
}
const std::string& KeyStore::locked_set_up_key() const {
    return data_->locked_set_up_key;
}

namespace {

Result<bool> has_keys(SQLite::Database& database) {
    return guarded([&] { return database.execAndGet("SELECT count(*) FROM own").getInt() == 1; });
}

Status make_keys(SQLite::Database& database, std::string_view passphrase) {
    const SigningKey signing = SigningKey::generate();
    const SealingKey set_up = SealingKey::generate();
    const auto locked = wrap(set_up, signing.public_key(), passphrase);
    if (!locked) return tl::unexpected<Error>(locked.error());
    return guarded([&] {
        SQLite::Statement insert(database, "INSERT INTO own VALUES (1, ?, ?, ?)");
        insert.bind(1, signing.seed().data(), static_cast<int>(signing.seed().size()));
        insert.bind(2, set_up.public_key());
        insert.bind(3, *locked);
        insert.exec();
    });
}

}  // namespace

Result<KeyStore> KeyStore::open_again(const std::filesystem::path& folder) {
    std::error_code ec;
    const std::filesystem::path path = folder / "keys.db";
    const auto missing = [&] {
        return fail(ErrorCode::NotFound, path.string() + ": the kiosk has no keys yet");
    };
    if (!std::filesystem::exists(path, ec)) return missing();
    Result<SQLite::Database> database = open_database(path, kKeyMigrations);
    if (!database) return tl::unexpected<Error>(database.error());
    const auto ready = has_keys(*database);
    if (!ready) return tl::unexpected<Error>(ready.error());
    if (!*ready) return missing();
    return open(folder, "");
}

Result<KeyStore> KeyStore::open(const std::filesystem::path& folder, std::string_view passphrase) {
    const std::filesystem::path path = folder / "keys.db";
    create_private_file(path);
    Result<SQLite::Database> database = open_database(path, kKeyMigrations);
    if (!database) return tl::unexpected<Error>(database.error());
    std::optional<std::string> made_up;
    const auto ready = has_keys(*database);
    if (!ready) return tl::unexpected<Error>(ready.error());
    if (!*ready) {
        if (passphrase.empty()) made_up = random_code(kPassphraseGroups);
        if (Status made = make_keys(*database, made_up ? *made_up : passphrase); !made)
            return tl::unexpected<Error>(made.error());
    }
    return guarded([&]() -> Result<KeyStore> {
        database->exec("PRAGMA secure_delete = ON");
        std::optional<SigningKey> signing;
        std::string set_up, locked;
        {
            SQLite::Statement own(*database,
                                  "SELECT signing_seed, set_up_key, locked_set_up_key FROM own");
            own.executeStep();
            signing = SigningKey::from_seed(Secret::copy_of(view_of(own.getColumn(0))));
            set_up = own.getColumn(1).getString();
            locked = own.getColumn(2).getString();
        }
        return KeyStore(std::make_unique<Data>(
            Data{std::move(*database), std::move(*signing), set_up, locked, made_up}));
    });
}

Result<std::optional<Enrolment>> KeyStore::enrolment() const {
    return guarded([&]() -> Result<std::optional<Enrolment>> {
        SQLite::Statement query(data_->database,
                                "SELECT server, token, kiosk, name, site, sealing_key, "
                                "receipt_key, authority, proven FROM enrolment");
        if (!query.executeStep()) return std::nullopt;
        const auto text = [&](int column) { return query.getColumn(column).getString(); };
        return Enrolment{text(0), text(1), text(2),
                         text(3), text(4), text(5),
                         text(6), text(7), query.getColumn(8).getInt() == 1};
    });
}

Status KeyStore::set_enrolment(const Enrolment& enrolment) {
    return guarded([&] {
        SQLite::Statement replace(data_->database,
                                  "INSERT OR REPLACE INTO enrolment VALUES (1,?,?,?,?,?,?,?,?,?)");
        int column = 0;
        for (const std::string* text : {&enrolment.server, &enrolment.token, &enrolment.kiosk,
                                        &enrolment.name, &enrolment.site, &enrolment.sealing_key,
                                        &enrolment.receipt_key, &enrolment.authority})
            replace.bind(++column, *text);
        replace.bind(++column, enrolment.proven ? 1 : 0);
        replace.exec();
    });
}

Result<std::string> KeyStore::token_for(std::string_view code) {
    return guarded([&] {
        SQLite::Database& database = data_->database;
        SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
        SQLite::Statement keep(database,
                               "INSERT INTO asked VALUES (1, ?, ?) ON CONFLICT (one) DO UPDATE SET "
                               "code_hash = excluded.code_hash, token = excluded.token "
                               "WHERE code_hash <> excluded.code_hash");
        keep.bind(1, sha256_hex(code));
        keep.bind(2, random_hex(32));
        keep.exec();
        std::string token = database.execAndGet("SELECT token FROM asked").getString();
        transaction.commit();
        return token;
    });
}

Result<std::int64_t> KeyStore::next_bundle_number() {
    return guarded([&] {
        SQLite::Statement next(data_->database,
                               "INSERT INTO bundle VALUES (1, 1) ON CONFLICT (one) DO UPDATE SET "
                               "number = number + 1 RETURNING number");
        next.executeStep();
        const std::int64_t number = next.getColumn(0).getInt64();
        while (next.executeStep()) {
        }
        return number;
    });
}

Result<std::string> key_to_seal_to(const KeyStore& keys) {
    const auto enrolment = keys.enrolment();
    if (!enrolment) return tl::unexpected<Error>(enrolment.error());
    return *enrolment && (*enrolment)->proven ? (*enrolment)->sealing_key : keys.set_up_key();
}

}  // namespace machikoe
