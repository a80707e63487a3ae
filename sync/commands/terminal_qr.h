// TerminalQr: a text as a QR code that a terminal shows, for a camera in front of it.
#pragma once

#include <string>

namespace machikoe {

/// Lines of half blocks, black on white whatever the terminal's colours, with the quiet margin
/// that readers need.  "" for more than a QR code holds.
std::string terminal_qr(const std::string& text);

}  // namespace machikoe
