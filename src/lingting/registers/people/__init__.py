"""People (人员): who works here, in which role, able to do what, trained, heard and thanked."""
