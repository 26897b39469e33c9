module steps.test/lib

go 1.26
