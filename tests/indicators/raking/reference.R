# The reference for raking_test.cpp, by R 4.2.2 with survey 4.1-1 (Debian 12: r-cran-survey):
#   Rscript reference.R > reference.csv
# Made-up respondents by age, sex and area; weights by survey::rake and survey::trimWeights.
suppressMessages(library(survey))
set.seed(20220401)
n <- 412
age <- sample(0:4, n, TRUE, c(.08, .12, .2, .25, .35))
sex <- sample(0:1, n, TRUE, c(.62, .38))
area <- sample(0:3, n, TRUE, c(.4, .3, .2, .1))
d <- data.frame(age = factor(age), sex = factor(sex), area = factor(area), w = 1)
margins <- list(
  data.frame(age = factor(0:4), Freq = c(22000, 21000, 27000, 18000, 23000)),
  data.frame(sex = factor(0:1), Freq = c(57000, 54000)),
  data.frame(area = factor(0:3), Freq = c(30000, 28000, 28000, 25000)))
design <- suppressWarnings(svydesign(ids = ~1, weights = ~w, data = d))
raked <- rake(design, list(~age, ~sex, ~area), margins,
              control = list(maxit = 1000, epsilon = 1e-9))
d$raked <- weights(raked) / mean(weights(raked))
scaled <- suppressWarnings(svydesign(ids = ~1, weights = ~raked, data = d))
d$trimmed <- weights(trimWeights(scaled, lower = 0.4, upper = 2.5, strict = TRUE))
cells <- aggregate(cbind(people = w) ~ age + sex + area, d, sum)
cells <- merge(cells, unique(d[, c("age", "sex", "area", "raked", "trimmed")]))
options(digits = 15)
write.csv(cells, quote = FALSE, row.names = FALSE)
cat(sprintf("effective_n,%.12f,%.12f\n", sum(d$raked)^2 / sum(d$raked^2),
            sum(d$trimmed)^2 / sum(d$trimmed^2)))
