// Staff checks: does this machine work?  Each check takes as long as it takes and gives its
// news; none of them throws, and none needs the screen.
#pragma once

#include <filesystem>

#include "app/base/clock.h"
#include "app/visit/staff.h"
#include "sync/client/client.h"

namespace machikoe {

/// Writes a file, syncs, reads it back, and how much is free.  Doubtful: under 200 MB.
TestNews check_disk(const std::filesystem::path& folder);
/// Against the server's Date, if it answers: bad when more than a minute off.  Else doubtful, and
/// bad when it stands before the first pack's year or before the kiosk last wrote.
TestNews check_clock(Transport& transport, const std::string& server, const Clock& clock,
                     Milliseconds last_seen);
/// Is the server there, and how long does it take to say so?
TestNews check_network(Transport& transport, const std::string& server, const Clock& clock);
/// A tone of a second.
TestNews check_sound(int volume_percent);

}  // namespace machikoe
