#include "app/base/result.h"

namespace machikoe {

const char* name_of(ErrorCode code) {
    switch (code) {
        case ErrorCode::NotFound:
            return "not-found";
        case ErrorCode::Invalid:
            return "invalid";
        case ErrorCode::Denied:
            return "denied";
        case ErrorCode::Conflict:
            return "conflict";
        case ErrorCode::Corrupt:
            return "corrupt";
        case ErrorCode::Unavailable:
            return "unavailable";
    }
    return "unknown";
}

}  // namespace machikoe
