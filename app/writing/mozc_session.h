// MozcSession: Mozc for one person, through its helper mozc_emacs_helper.
//
// The helper starts mozc_server, which goes on when the helper ends and would keep what was typed:
// so both live in a TemporaryHome with a configuration that learns nothing, and both end with this
// object.  Starting takes some 0.3 s and is not waited for; state() tells.
//
// A reply is waited for until a deadline; a helper that hangs, dies or talks nonsense ends the
// session (ConverterState::Ended).  No error holds anything of what was typed.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "app/base/clock.h"
#include "app/writing/kana_converter.h"
#include "app/writing/mozc_reply.h"

namespace machikoe {

class LineProcess;
class TemporaryHome;

struct MozcOptions {
    std::vector<std::string> helper = {"/usr/bin/mozc_emacs_helper", "--suppress_stderr"};
    std::filesystem::path server = "/usr/lib/mozc/mozc_server";
    std::vector<std::filesystem::path> folders;  // for the home; empty: folders_in_memory()
    // A slow machine may need seconds to load the dictionary; the resident types kana meanwhile.
    Milliseconds start_deadline{20'000};
    // For all keys of one touch.  A mark within one second (VVSG 7.2-N); measured: milliseconds.
    Milliseconds reply_deadline{600};
};

class MozcSession final : public KanaConverter {
  public:
    /// Unavailable: Mozc is not there (Debian packages mozc-server, emacs-mozc-bin), there is no
    /// tmpfs, or this is root, for whom mozc_server does not start.
    static Result<std::unique_ptr<MozcSession>> open(const MozcOptions& options = {});
    ~MozcSession() override;

    ConverterState state() override;
    Result<std::vector<std::string>> suggest(std::string_view reading) override;
    Result<Converted> convert(std::string_view reading) override;
    Result<Converted> choose(std::size_t candidate) override;
    Result<Converted> focus(std::size_t part) override;
    Status drop() override;

    const std::filesystem::path& home() const;

  private:
    MozcSession(std::unique_ptr<TemporaryHome> home, std::unique_ptr<LineProcess> helper,
                const MozcOptions& options);
    void look();
    Result<MozcReply> send_keys(const std::vector<std::string>& keys);
    Result<MozcReply> type(std::string_view reading);
    Result<Converted> converted(const MozcReply& reply);
    tl::unexpected<Error> end();

    // In this order: the helper goes first, then the home with whatever still runs there.
    std::unique_ptr<TemporaryHome> home_;
    std::unique_ptr<LineProcess> helper_;
    MozcOptions options_;
    ConverterState state_ = ConverterState::Starting;
    Milliseconds started_;
    std::size_t lines_to_come_;
    std::uint32_t next_event_ = 0;
    std::string typed_;  // what Mozc has as its composition
    MozcReply last_;     // of the conversion
};

/// Writes the configuration that learns nothing into a home.  For tests as well.
Status configure_mozc(const std::filesystem::path& home);

}  // namespace machikoe
