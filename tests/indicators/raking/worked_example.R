# The weighted figure of the worked example in docs/evaluation.md, by R's survey package:
#   Rscript worked_example.R
suppressMessages(library(survey))
deal <- function(...) { d <- list(...); unlist(lapply(d, function(x) rep(x[[2]], x[[1]]))) }
pad <- function(x) c(x, rep(NA, 88 - length(x)))
d <- data.frame(
  safe = pad(deal(list(51, 1), list(32, 0))),
  age = pad(deal(list(20, "a"), list(34, "b"), list(34, "c"))),
  gender = pad(deal(list(15, "f"), list(14, "m"), list(31, "f"), list(25, "m"))),
  area = pad(deal(list(5, NA), list(11, "n"), list(9, "s"), list(8, "e"), list(13, "s"),
                  list(22, "n"), list(20, "e"))))
d <- d[!is.na(d$gender) & !is.na(d$area), ]
d$w <- 1
design <- suppressWarnings(svydesign(ids = ~1, weights = ~w, data = d))
raked <- rake(design, list(~age, ~gender, ~area), list(
  data.frame(age = c("a", "b", "c"), Freq = c(29000, 41000, 30000)),
  data.frame(gender = c("f", "m"), Freq = c(51500, 48500)),
  data.frame(area = c("n", "s", "e"), Freq = c(38000, 34000, 28000))),
  control = list(maxit = 1000, epsilon = 1e-9))
d$w <- weights(raked) / mean(weights(raked))
cat("weights", range(d$w), "respondents", nrow(d), "\n")
scaled <- suppressWarnings(svydesign(ids = ~1, weights = ~w, data = d))
d$w <- weights(trimWeights(scaled, lower = 0.2, upper = 5, strict = TRUE))
base <- d[!is.na(d$safe), ]
neff <- sum(base$w)^2 / sum(base$w^2)
cat(sprintf("n %d share %.4f effective n %.4f design effect %.4f\n", nrow(base),
            100 * sum(base$w * base$safe) / sum(base$w), neff, nrow(base) / neff))
