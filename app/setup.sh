# Sourced by app/run and tests/run: installs what is missing, builds a preset.
# Needs: ROOT, the folder of the checkout.

say() { printf '\033[1m==> %s\033[0m\n' "$*" >&2; }
die() { printf 'machikoe: %s\n' "$*" >&2; exit 1; }

# install_packages FILE…: installs the packages of the lists that are not there yet.  A package
# whose command is there from elsewhere (npm) is not asked for.
install_packages() {
    command -v dpkg-query >/dev/null || die "this needs Debian 12 (dpkg-query not found)"
    local wanted missing=() package
    wanted=$(sed -e 's/#.*//' -e '/^[[:space:]]*$/d' "$@")
    for package in $wanted; do
        [ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null)" = installed ] ||
            command -v "$package" >/dev/null || missing+=("$package")
    done
    [ ${#missing[@]} -eq 0 ] && return 0
    local as_root=()
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null || die "please install as root: ${missing[*]}"
        as_root=(sudo)
    fi
    say "installing ${#missing[@]} packages: ${missing[*]}"
    "${as_root[@]}" apt-get update -qq
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null ||
        die "apt-get could not install them"
}

# build PRESET [TARGET…]: configures once, then builds; ninja shows how far it is.
build() {
    local preset=$1
    shift
    [ -f "$ROOT/build/$preset/build.ninja" ] || {
        say "configuring ($preset)"
        (cd "$ROOT" && cmake --preset "$preset" >"/tmp/machikoe-cmake-$preset.$$" 2>&1) || {
            cat "/tmp/machikoe-cmake-$preset.$$" >&2
            die "cmake failed"
        }
        rm -f "/tmp/machikoe-cmake-$preset.$$"
    }
    say "building ($preset)"
    (cd "$ROOT" && cmake --build --preset "$preset" ${1:+--target "$@"}) >&2 || die "the build failed"
}
