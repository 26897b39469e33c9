module steps.test/app

go 1.26

require steps.test/lib v0.0.0

replace steps.test/lib => ../lib
