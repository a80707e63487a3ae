// Desk: the pages that go with an account: log-in, invitations, accounts, audit log.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/base/clock.h"
#include "sync/pages/frame.h"
#include "sync/store/store.h"

namespace machikoe {

/// `problem` is "" or what is told above the form.
Markup login_page(const Reader& reader, std::string_view problem);
/// Step one asks for the code.
Markup invitation_page(const Reader& reader, std::string_view problem);
/// Step two: the second factor to scan, the password to choose.
struct Setting {
    std::string account, code, base32, uri;
};
Markup setting_page(const Reader& reader, const Setting& setting, std::string_view problem);

/// `made`: an invitation just made, shown once.
struct Invited {
    std::string account, code;
};
Markup accounts_page(const Reader& reader, const std::vector<Account>& accounts,
                     const std::optional<Invited>& made, std::string_view problem,
                     Milliseconds now);
/// One page of the audit log.
struct AuditView {
    std::vector<AuditEntry> entries;     // the newest first
    std::optional<std::int64_t> broken;  // does not follow from the one before
    bool is_whole = false;               // all of the log was looked through, not only these
    bool has_older = false;
};
Markup audit_page(const Reader& reader, const AuditView& view);

/// A QR code as a picture; "" when it is too long for one.
Markup qr_code(std::string_view label, const std::string& content);

}  // namespace machikoe
