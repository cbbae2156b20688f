"""Given names that stand in wire copy: they make two capitalised words a person, and tell he from she.

The given names of the catalog's leaders are added to these; a name of neither list is no evidence against a person.
"""

from __future__ import annotations

_MALE = """\
    Aaron Abdel Abdul Abdullah Abdulaziz Abiy Adam Adel Adrian Ahmad Ahmed Alain Alan Albert Alberto Aleksandar
    Aleksander Aleksandr Aleksei Alexander Alexandre Alexei Alexey Alfred Ali Amir Anatoly Anders Andre Andrea Andreas
    Andrei Andrew Andrey Andrii Andriy Andrzej Anthony Antoine Anton Antonio Antony Arif Arkady Arnaud Arthur Artem Asif
    Atul Barack Bashar Ben Benjamin Benoit Bernard Bernardo Bernd Bernie Bill Bob Boris Brad Brendan Brett Brian Bruce
    Bruno Carl Carlo Carlos Cesar Charles Chris Christian Christoph Christophe Christopher Chuck Claudio Colin Craig
    Cyril Dan Daniel Daniele Darren Dave David Denis Dennis Derek Diego Dieter Dimitris Dirk Dmitri Dmitriy Dmitry
    Dmytro Don Donald Doug Douglas Ed Edgar Eduardo Edward Edwin Emanuel Emmanuel Enrique Eric Erik Ernesto Ernst Eugene
    Evgeny Fabio Fahd Faisal Farhan Felipe Felix Fernando Filip Florian Francesco Francis Francisco Franck Francois
    Frank Franz Fred Frederic Frederick Friedrich Fyodor Gabriel Gary Gennady Geoffrey George Georges Gerald Gerard
    Gerhard Giorgi Giorgio Giovanni Giuseppe Gordon Graham Greg Gregory Guillaume Guido Guillermo Gunther Gustavo Guy
    Hakan Hamad Hamid Hans Harold Harry Hasan Hassan Heiko Heinrich Helmut Henri Henry Herbert Hossein Howard Hubert
    Hugh Hugo Hussein Ian Ibrahim Igor Ihor Ilya Imad Imran Ismail Ismael Ivan Ivo Jack Jacob Jacques Jaime Jake Jakub
    James Jamie Jan Janez Janos Jared Jason Javier Jean Jean-Claude Jean-Luc Jean-Marc Jean-Pierre Jean-Yves Jean-Noel
    Jeff Jeffrey Jens Jeremy Jerome Jerry Jim Jimmy Joachim Joao Joe Joel Johan Johann John Johannes Jon Jonas Jonathan
    Jorge Jose Josef Joseph Josep Josh Joshua Juan Julian Julien Julio Justin Kamal Karim Karl Kaspar Keir Keith Ken
    Kenneth Kevin Khaled Khalid Khalil Kirill Klaus Kofi Konstantin Kyle Kyrylo Lars Laurent Lawrence Lech Lee Leo Leon
    Leonardo Leonid Lewis Lindsey Lloyd Louis Luc Luca Lucas Luigi Luis Lukas Maciej Magnus Mahmoud Maksim Malcolm
    Manuel Marc Marcel Marcelo Marco Marcos Marcus Mario Marius Mark Marko Markus Martin Masoud Massimo Mateusz Matt
    Matteo Matthew Matthias Maurice Mauricio Max Maxim Maxime Mehdi Mehmet Michael Michel Mick Miguel Mihai Mike Mikhail
    Milan Milos Mitch Mohamed Mohammad Mohammed Mohsen Moritz Moussa Muhammad Mustafa Mykhailo Mykola Nabil Naftali
    Narendra Nasser Nathan Neil Nicholas Nick Nicolas Nigel Nikita Nikola Nikolai Nikolay Nikos Norbert Oleg Oleh
    Oleksandr Oleksii Oleksiy Oliver Olivier Omar Oscar Oskar Osama Pablo Paolo Pascal Pasquale Patrice Patrick Patrik
    Paul Paulo Pavel Pavlo Pawel Pedro Peter Petr Petro Phil Philip Philipp Philippe Pierre Piotr Pyotr Qasim Radek
    Radoslaw Rafael Rajnath Ralf Ralph Ramzan Rashid Raul Raymond Recep Reuven Reza Ricardo Richard Rick Riyad Rob
    Robert Roberto Robin Rodrigo Roger Roland Rolf Roman Ron Ronald Rory Ross Roy Ruben Rudolf Rupert Ruslan Russell
    Ryan Said Saeed Saleh Salem Salman Salvatore Sam Sami Samir Samuel Scott Sean Sebastian Sebastien Serge Sergei
    Sergey Sergii Sergio Serhiy Seth Shane Shimon Simon Stanislav Stefan Stefano Stephan Stephane Stephen Steve Steven
    Stewart Stuart Sultan Taras Tareq Tarek Ted Terry Theo Thierry Thomas Tim Timothy Tobias Tom Tomas Tomasz Tony
    Ulrich Uwe Vadim Valery Vasily Vaclav Viktor Victor Vincent Vitaly Vitali Vladimir Volker Volodymyr Vyacheslav
    Waleed Walid Walter Warren Wayne Werner Wilhelm Will William Wolfgang Xavier Yahya Yair Yevgeny Yoav Yury Yuri Yuriy
    Yusuf Yves Zoran
"""
# These tell nothing of he or she.
_EITHER = """\
    Alex Andrea Ashley Chris Dominique Jamie Jan Jean Jordan Kelly Kerry Kim Lauren Laurence Lee Leslie Lindsey Lindsay
    Lynn Marion Michele Morgan Nicola Nino Noor Nour Pat Robin Rosario Sam Sasha Shannon Stacy Taylor Terry Tracy Sevim
"""
MALE = frozenset(_MALE.split()) | frozenset(_EITHER.split())
_FEMALE = """\
    Adriana Agnes Aicha Aisha Alejandra Aleksandra Alexandra Alice Alicia Alina Alison Allison Amanda Amelie Amina Amy
    Ana Anastasia Angela Angelina Anita Ann Anna Annalena Anne Annette Annie Antonia Astrid Aurelie Barbara Beata
    Beatrice Beatriz Beate Bernadette Beth Betty Bianca Brigitte Camille Carla Carmen Carol Carolina Caroline Catherine
    Cecile Celine Charlotte Chantal Cheryl Chiara Christina Christine Cindy Claire Clara Claudia Cristina Cynthia Dalia
    Daniela Danielle Daria Deborah Delphine Diana Diane Dina Dominique Dora Doris Dorothy Ebba Edith Ekaterina Elaine
    Elena Eleni Elisa Elisabeth Elizabeth Elise Elke Ellen Elsa Elvira Emilia Emily Emma Erika Erin Esther Eva Eve
    Evelyn Fadia Fatima Fiona Florence Frances Francesca Francoise Gabriela Gabriella Galina Genevieve Gertrude Gina
    Ginni Giorgia Giulia Gloria Golda Grace Hanan Hannah Heather Heidi Helen Helena Helene Helga Hillary Ilona Ines Inga
    Ingrid Irina Irene Iryna Isabel Isabella Isabelle Ivanka Jacinda Jane Janet Jeanne Jen Jennifer Jenny Jessica Jill
    Joan Joanna Johanna Josephine Judith Judy Julia Julie Juliette June Kaja Kamala Karen Karin Karina Karine Karoline
    Kate Katarina Katerina Katharina Katherine Kathleen Kathy Katrin Katya Kayla Kelly Kim Kirsten Kristina Kristalina
    Ksenia Laura Lauren Leandra Leila Lena Leticia Lidia Lina Linda Lisa Liz Lisbeth Loretta Lori Louise Lucia Lucie
    Lucy Ludmila Luisa Lyudmila Madeleine Magdalena Maia Maja Manon Marcia Margaret Margarita Margot Maria Mariam
    Mariana Marie Marina Marine Marion Marjorie Marta Martha Martine Mary Mathilde Maya Megan Melania Melanie Melissa
    Mette Mia Michele Michelle Mina Miriam Mireille Monica Monique Nabila Nadia Nadine Najla Nancy Naomi Natalia Natalie
    Natasha Nathalie Nicola Nicole Nikki Nina Nino Noor Nora Nour Odile Oksana Olena Olga Olha Olivia Pamela Patricia
    Paula Pauline Penny Petra Polina Priti Rachel Rania Raquel Rebecca Regina Renata Rita Roberta Rosa Rosario Rose Ruth
    Sabina Sabine Salma Samantha Sandra Sanna Sara Sarah Sevim Sharon Sheila Shirley Silvia Simone Sofia Sonia Sophia
    Sophie Stefanie Stella Stephanie Susan Susana Susanne Suzanne Svetlana Sviatlana Sylvie Tamara Tania Tanya Tatiana
    Teresa Theresa Tina Tulsi Urska Ursula Valentina Valerie Vanessa Vera Veronica Veronika Victoria Viktoria Virginia
    Wanda Wendy Yana Yasmin Yulia Yuliia Yvette Yvonne Zainab Zeinab Zoe Zuzana
"""
FEMALE = frozenset(_FEMALE.split()) | frozenset(_EITHER.split())

GIVEN = MALE | FEMALE
