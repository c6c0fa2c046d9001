module profiled

go 1.22
