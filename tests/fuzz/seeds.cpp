// Writes a corpus to begin with, from real encodings: fuzz_seeds FOLDER.  What a fuzzer finds
// worth keeping is added beside it by hand.
#include <zstd.h>

#include <cstdio>
#include <filesystem>
#include <fstream>

#include "app/base/crypto.h"
#include "sync/seal/epoch.h"
#include "sync/seal/keys.h"
#include "sync/wire/bundle.h"
#include "sync/wire/record.h"
#include "sync/wire/totals.h"
#include "tests/fuzz/small_world.h"

namespace machikoe::fuzz {
namespace {

std::filesystem::path root;

void write(const std::string& harness, const std::string& name, const std::string& bytes) {
    std::filesystem::create_directories(root / harness);
    std::ofstream(root / harness / name, std::ios::binary) << bytes;
}

std::string parts(const std::vector<std::pair<std::string, std::string>>& all) {
    std::string text;
    for (const auto& [name, content] : all)
        text += "=== " + name + "\n" + content + (content.ends_with('\n') ? "" : "\n");
    return text;
}

struct Chain {
    std::string kiosk = std::string(32, 'a');
    SigningKey key = SigningKey::generate();
    std::int64_t sequence = 0;
    std::string previous = first_previous_hash();

    Batch batch(const std::vector<std::string>& contents) {
        Batch made{kiosk, {}, ""};
        for (const std::string& payload : contents) {
            Envelope envelope{++sequence, previous, "", payload};
            previous = envelope.hash = envelope_hash(previous, payload);
            made.envelopes.push_back(envelope);
        }
        made.signature = key.sign(signed_part(made));
        return made;
    }
};

void write_messages(Chain& chain) {
    const std::string hash(64, 'a');
    Receipts receipts{{{1, hash, Outcome::Stored}, {2, hash, Outcome::Quarantined}},
                      std::string(128, 'b')};
    write("messages", "receipts", "r" + encode_receipts(receipts));
    EnrolRequest asked{"7K3M-Q9TX-B4WP", chain.kiosk,          hash, chain.key.public_key(), hash,
                       "ab12",           std::string(128, 'c')};
    write("messages", "enrol", "e" + encode(asked));
    write("messages", "reply", "y" + encode(EnrolReply{"ロビー", "office", hash, hash}));
    write("messages", "canary", "c" + encode(Canary{"opening", "sealed"}));
    write("messages", "canary-reply", "k" + encode_canary_reply(hash));
    write("messages", "authority",
          "a" + encode_authority("-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n"));
    write("messages", "pack", "p" + encode_pack({{"pack.yaml", "format: 1\n"}}, "x", hash));
    Totals totals;
    totals.pack_hash = hash;
    totals.responses = 10;
    write("messages", "totals", "t" + encode_totals(totals, "x"));
}

void write_all() {
    const std::string text = encode_record(small_response());
    write("record", "whole", text);
    write("record", "empty", "{}");
    const PackFiles files = small_pack_files();
    write("pack", "whole", parts({files.begin(), files.end()}));
    write("enrolment_code", "plain", "7K3M-Q9TX-B4WP");
    write("enrolment_code", "typed", "7k3m q9txb4wp+h2rd-7k3m-q9tx-b4wp-h2rd");
    Chain chain;
    write_messages(chain);
    const SealingKey key = SealingKey::generate();
    Epoch epoch(chain.kiosk, key.public_key());
    const std::string sealed = epoch.seal(text);
    write("envelope", "record", text);
    write("envelope", "opening", epoch.opening());
    write("envelope", "sealed", sealed);
    write("envelope", "alone", seal_alone(chain.kiosk, key.public_key(), text));
    const std::string first = encode_batch(chain.batch({epoch.opening(), sealed}));
    write("batch", "sealed", first);
    Chain plain;
    write("batch", "plain", encode_batch(plain.batch({text})));
    std::string packed(ZSTD_compressBound(first.size()), '\0');
    packed.resize(ZSTD_compress(packed.data(), packed.size(), first.data(), first.size(), 3));
    write("inflate", "batch", packed);
    const std::string lines = first + "\n" + encode_batch(chain.batch({epoch.seal(text)})) + "\n";
    BundleManifest manifest{chain.kiosk,      1,      1,  3, 3, chain.key.public_key(),
                            key.public_key(), "ab12", "", ""};
    manifest.sha256 = sha256_hex(lines);
    manifest.signature = chain.key.sign(signed_part(manifest));
    write("bundle", "whole", encode_bundle(manifest, lines));
    write("request", "batch",
          parts({{"method", "POST"}, {"target", "/v1/batch"}, {"enrolled", ""}, {"body", first}}));
    write("request", "zstd",
          parts({{"method", "POST"},
                 {"target", "/v1/batch"},
                 {"enrolled", ""},
                 {"encoding", "zstd"},
                 {"body", packed}}));
    write("request", "enrol", parts({{"method", "POST"}, {"target", "/v1/enrol"}, {"body", "{}"}}));
    write("request", "pack",
          parts({{"method", "GET"}, {"target", "/v1/pack"}, {"enrolled", ""}, {"etag", "\"x\""}}));
    write("request", "totals", parts({{"method", "GET"}, {"target", "/v1/totals?x=1"}}));
    write("payloads", "mixed",
          parts({{"alone", text},
                 {"plain", text},
                 {"opening", epoch.opening()},
                 {"sealed", sealed},
                 {"alone", "{\"version\":1}"}}));
}

}  // namespace
}  // namespace machikoe::fuzz

int main(int argc, char** argv) {
    if (argc != 2) return 2;
    machikoe::crypto_ready();
    machikoe::fuzz::root = argv[1];
    machikoe::fuzz::write_all();
    std::puts("seeds written");
}
