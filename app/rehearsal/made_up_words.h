// Made-up words: conversion for pictures and rehearsals, the same on every machine.
#pragma once

#include "app/writing/writing.h"

namespace machikoe {

/// Kana become one of a few fixed words, ready at once.  Pinyin is libime's: it answers at once,
/// and alike wherever its dictionaries are.
WritingEngines made_up_engines();

}  // namespace machikoe
