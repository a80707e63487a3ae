// ContactDetails: what of a free text tells by its shape how to reach somebody: telephone numbers,
// e-mail and postal addresses, in half and full width.
//
// The kiosk points at them while a resident writes; the review of free texts looks for them again.
// A finding is a reason to look, never a judgement.  Any bytes may be given: what is not UTF-8
// is found nothing in.
#pragma once

#include <string_view>
#include <vector>

namespace machikoe {

enum class ContactDetail { Telephone, Email, Address };

struct ContactFinding {
    ContactDetail kind = ContactDetail::Telephone;
    std::size_t begin = 0, end = 0;  // bytes
    bool operator==(const ContactFinding&) const = default;
};

/// In order, not overlapping.  Safe from any thread.
std::vector<ContactFinding> contact_findings(std::string_view text);

}  // namespace machikoe
