#include "sync/wire/bundle.h"

#include <fmt/format.h>

#include <iostream>
#include <memory>

#include "app/base/clock.h"
#include "app/base/file.h"
#include "sync/commands/common.h"
#include "sync/server/admission.h"

namespace machikoe {
namespace {

struct ImportOptions {
    std::string file;
    std::string data;
    std::string database;
    std::string pack;
    std::string passphrase_file;
    std::string adopt_name;
    std::string adopt_site;
};

/// Unlocks the kiosk's set-up key with the passphrase that was given, so that what it sealed
/// before its enrolment opens.
Status unlock(const ImportOptions& options, const BundleManifest& manifest) {
    const Result<std::string> passphrase = passphrase_in(options.passphrase_file);
    if (!passphrase) return tl::unexpected<Error>(passphrase.error());
    const Result<Unwrapped> key = unwrap(manifest.locked_set_up_key, *passphrase);
    if (!key) return tl::unexpected<Error>(key.error());
    if (key->signing_public_key != manifest.signing_key ||
        key->key.public_key() != manifest.set_up_key)
        return fail(ErrorCode::Invalid,
                    "the keys in the bundle do not belong together: it is not of one kiosk");
    return keep_handed_key(options.data, key->key);
}

/// Whether the bundle is of a kiosk that is known here, or becomes so now.
Status admit(const ImportOptions& options, Store& store, const BundleManifest& manifest) {
    const Result<KioskRow> kiosk = store.kiosk(manifest.kiosk);
    if (!kiosk && kiosk.error().code != ErrorCode::NotFound)
        return tl::unexpected<Error>(kiosk.error());
    const bool is_new = !kiosk || kiosk->signing_key.empty();
    if (!is_new && kiosk->signing_key != manifest.signing_key)
        return fail(ErrorCode::Denied,
                    "the bundle names kiosk " + manifest.kiosk +
                        " and is not signed with its key: it was not written by that kiosk");
    if (!is_new && kiosk->revoked)
        return fail(ErrorCode::Denied, "kiosk " + manifest.kiosk +
                                           " is revoked; enrol it again to take in what it has");
    if (is_new && (options.passphrase_file.empty() || options.adopt_name.empty() ||
                   options.adopt_site.empty()))
        return fail(ErrorCode::Denied,
                    "kiosk " + manifest.kiosk +
                        " was never enrolled here; to take it in, give --passphrase-file with its "
                        "staff's passphrase, --adopt-name and --adopt-site");
    if (!options.passphrase_file.empty())
        if (Status unlocked = unlock(options, manifest); !unlocked) return unlocked;
    if (!is_new) return {};
    return store.adopt(
        {manifest.kiosk, "", manifest.signing_key, manifest.set_up_key, manifest.locked_set_up_key},
        options.adopt_name, options.adopt_site, SystemClock().wall());
}

Ended import_bundle(const ImportOptions& options) {
    Ended ended = Ended::Ok;
    const std::unique_ptr<LoadedPack> loaded = load_pack_for(options.pack, ended);
    if (!loaded) return ended;
    const Result<std::string> bytes = load_file(options.file, kMaxBundleBytes);
    if (!bytes) return end_with(Ended::BadInput, bytes.error().message);
    const Result<Bundle> bundle = decode_bundle(*bytes);
    if (!bundle) return end_with(Ended::BadInput, options.file + ": " + bundle.error().message);
    const std::unique_ptr<Store> store =
        open_store_for({options.data, options.database}, StoreMode::ReadWrite);
    if (!store) return Ended::Environment;
    if (const Status admitted = admit(options, *store, bundle->manifest); !admitted)
        return end_with(
            admitted.error().code == ErrorCode::Unavailable ? Ended::Environment : Ended::BadInput,
            admitted.error().message);
    const Result<ServerKeys> keys = load_server_keys(options.data);
    if (!keys) return end_with(Ended::Environment, keys.error().message);
    if (const Status put = store->put_pack(loaded->pack.hash, loaded->pack.plan.id, loaded->files);
        !put)
        return end_with(Ended::Environment, "database: " + put.error().message);
    Intake intake(*keys);
    const Result<Tally> tally = take_in(intake, *store, *bundle, SystemClock().wall());
    if (!tally) return end_with(Ended::Environment, "database: " + tally.error().message);
    std::cout << fmt::format(
        "bundle {} of kiosk {}: {} envelopes, {} new, {} already here, {} in conflict, {} held "
        "back\n",
        bundle->manifest.number, bundle->manifest.kiosk, bundle->manifest.count,
        tally->fresh + tally->held, tally->known, tally->conflicts, tally->held);
    ended = end_after_output();
    if (ended != Ended::Ok || tally->conflicts + tally->held == 0) return ended;
    return end_with(Ended::NeedsCare, "see: machikoe ledger --data " + options.data);
}

}  // namespace

void add_bundle(CLI::App& app, Command& chosen) {
    auto* group = app.add_subcommand("bundle", "answers that come on a stick");
    group->require_subcommand(1);
    auto* command = group->add_subcommand(
        "import", "takes a bundle in, into the same ledger as the network; twice does no harm");
    auto options = std::make_shared<ImportOptions>();
    command->add_option("file", options->file, "the bundle")->required();
    add_data_options(*command, options->data, options->database);
    command->add_option("--pack", options->pack, "folder of the content pack")->required();
    command->add_option("--passphrase-file", options->passphrase_file,
                        "the staff's passphrase of that kiosk, first line: opens what it sealed "
                        "before it was enrolled");
    command->add_option("--adopt-name", options->adopt_name,
                        "name for a kiosk that was never enrolled");
    command->add_option("--adopt-site", options->adopt_site, "and where it stands");
    command->callback(
        [options, &chosen] { chosen = [options] { return import_bundle(*options); }; });
}

}  // namespace machikoe
